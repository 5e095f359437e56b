// Exercise 01-2, of notebooks/01-three-models.ipynb. The same with async. Write WaitAllAsync: it starts count waits,
// and its task ends when all have ended. Checked: all waits are in flight at the same moment, whoever calls your method
// gets its task back at once, and no thread stands still meanwhile: an async method that blocks is not async. Your task
// ends after the last wait, however long it takes.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

async Task WaitAllAsync(int count, Func<Task> waitAsync)
{
    await Task.Yield();
    throw new NotImplementedException();
}
return (await Exercise.CheckAsync("01-2", WaitAllAsync)).Report();
