// Exercise 11-3, of notebooks/11-what-goes-wrong.ipynb. A service takes 0.25 s for each request. You need 40 answers a
// second, and no more in flight than that takes. How many? Send all requests like that. Checked: the number of requests
// in flight, and that no thread waits for them.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

async Task ServeAsync(int requests, Func<Task> requestAsync)
{
    await Task.Yield();
    throw new NotImplementedException();
}
return (await Exercise.CheckAsync("11-3", ServeAsync)).Report();
