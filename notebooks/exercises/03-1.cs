// Exercise 03-1, of notebooks/03-threads.ipynb. Ask for six pages on three threads. ask blocks its thread and returns
// the page. Checked: each page is asked for once, three requests are in flight at once and never four, and the answers
// come in the order of the names, whatever the order in which they arrive.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

async Task<string[]> AskAllAsync(string[] names, Func<string, string> ask)
{
    await Task.Yield();
    throw new NotImplementedException();
}
return (await Exercise.CheckAsync("03-1", AskAllAsync)).Report();
