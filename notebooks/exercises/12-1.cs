// Exercise 12-1, of notebooks/12-many-machines.ipynb. Repeat a call. callAsync ends in a TimeoutException when its
// answer is missing. Call it again then, at most atMost times in all. Checked: the number of calls, and what comes
// out: the answer, the last TimeoutException, or any other exception, which is an answer.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

async Task<int> RepeatAtMostAsync(Func<Task<int>> callAsync, int atMost)
{
    await Task.Yield();
    throw new NotImplementedException();
}
return (await Exercise.CheckAsync("12-1", RepeatAtMostAsync)).Report();
