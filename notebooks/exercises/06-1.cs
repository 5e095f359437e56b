// Exercise 06-1, of notebooks/06-io-bound.ipynb. Four mirrors have the same page. Ask all of them at once, and return
// the page of the first that succeeds: one of them is broken and fails before any other answers. Checked: all four
// requests are in flight at once, the page is that of the quick mirror, and the requests that are left are cancelled.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

async Task<string> FirstAnswerAsync(string[] mirrors, Func<string, CancellationToken, Task<string>> fetchAsync)
{
    await Task.Yield();
    throw new NotImplementedException();
}
return (await Exercise.CheckAsync("06-1", FirstAnswerAsync)).Report();
