// Exercise 10-2, of notebooks/10-summary.ipynb. Python's TaskGroup in C#. Fetch all pages at once. When one request
// fails, cancel the others, wait until they have ended, and throw what went wrong. Checked: the order of the pages when
// all succeed; when one fails, the exception, the cancellation of the others, and that none of them still cleans up
// when your task ends.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

async Task<string[]> AllOrNoneAsync(string[] names, Func<string, CancellationToken, Task<string>> fetchAsync)
{
    await Task.Yield();
    throw new NotImplementedException();
}
return (await Exercise.CheckAsync("10-2", AllOrNoneAsync)).Report();
