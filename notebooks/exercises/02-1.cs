// Exercise 02-1, of notebooks/02-the-interpreter-lock.ipynb. Write the repair yourself. Two threads each add 1 to
// counter.Value, times times. A SlowCounter takes its time between reading and writing, so that each unguarded ++ is a
// race. Checked: two threads count, the second one begins before the first has ended, you return when both have ended,
// and no update is lost.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

void CountOnTwoThreads(int times, SlowCounter counter)
{
    throw new NotImplementedException();
}
return (await Exercise.CheckAsync("02-1", CountOnTwoThreads)).Report();
