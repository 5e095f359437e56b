// Exercise 05-3, of notebooks/05-async.ipynb. Find the bug. Everything is awaited, nothing blocks, and still five pages
// take five times as long as one. Checked: five requests are in flight at once, no thread waits for them, and the pages
// come in the order of their names.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

async Task<string[]> FetchFiveAsync(string[] names, Func<string, Task<string>> fetchAsync)
{
    var pages = new List<string>();
    foreach (var name in names) pages.Add(await fetchAsync(name));
    return pages.ToArray();
}
return (await Exercise.CheckAsync("05-3", FetchFiveAsync)).Report();
