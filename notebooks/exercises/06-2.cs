// Exercise 06-2, of notebooks/06-io-bound.ipynb. Fetch a page within limit. When the time is over, throw
// TimeoutException, or let the OperationCanceledException through. Checked: a quick request, one that is too slow, and
// one that fails; and that the slow one is cancelled: to give up waiting ends nothing.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

async Task<string> FetchWithinAsync(TimeSpan limit, Func<CancellationToken, Task<string>> fetchAsync)
{
    await Task.Yield();
    throw new NotImplementedException();
}
return (await Exercise.CheckAsync("06-2", FetchWithinAsync)).Report();
