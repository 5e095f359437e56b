// Exercise 01-1, of notebooks/01-three-models.ipynb. Wait ten times at once, on threads. Write WaitOnThreads: it calls
// wait count times, each on a Thread of its own, and returns when all have ended. Checked: all waits are in flight at
// the same moment, none on a thread of the built-in pool, and you return after the last, however long it takes.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

void WaitOnThreads(int count, Action wait)
{
    throw new NotImplementedException();
}
return (await Exercise.CheckAsync("01-1", WaitOnThreads)).Report();
