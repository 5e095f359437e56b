// Exercise 04-2, of notebooks/04-processes.ipynb. A thread cannot be ended from outside; a process can. Run
// work(argument) in a pool of your own with one worker and a TaskTimeout of half a second. Return its result as text,
// or "too long" when the time is over. Checked: a short sum, work that takes less than your half second and more than
// it, a sum that never ends, that any other failure comes out of your method, and that no process of yours is left
// behind.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;
using OutOfProcess;

async Task<string> RunAtMostAsync(Func<long, long> work, long argument)
{
    await Task.Yield();
    throw new NotImplementedException();
}
return (await Exercise.CheckAsync("04-2", RunAtMostAsync)).Report();
