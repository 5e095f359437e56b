// Exercise 05-2, of notebooks/05-async.ipynb. Fetch 24 pages with at most eight requests in flight. Checked: each page
// is fetched once, eight requests are in flight at once and never nine, the pages come in the order of their names, no
// thread waits for them, and your method ends when requests fail, too, with an exception.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

async Task<string[]> FetchAllAsync(string[] names, Func<string, Task<string>> fetchAsync)
{
    await Task.Yield();
    throw new NotImplementedException();
}
return (await Exercise.CheckAsync("05-2", FetchAllAsync)).Report();
