// Exercise 09-1, of notebooks/09-hybrids.ipynb. Ten calls of an old library from an event loop: fetch blocks its
// thread. Checked: five calls are under way at once and never six, the pages come in the order of their names, and the
// loop's heartbeat goes on meanwhile.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

async Task<string[]> FetchOldAsync(string[] names, Func<string, string> fetch)
{
    await Task.Yield();
    throw new NotImplementedException();
}
return (await Exercise.CheckAsync("09-1", FetchOldAsync)).Report();
