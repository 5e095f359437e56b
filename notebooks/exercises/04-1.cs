// Exercise 04-1, of notebooks/04-processes.ipynb. Count the primes among 2,000 numbers in the two processes of pool. A
// call costs far more than a number. Checked: the count, and that a few calls carry all the numbers: not one for each,
// and not one for all.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;
using OutOfProcess;

async Task<int> CountPrimesAsync(ProcessPool pool, int[] numbers)
{
    await Task.Yield();
    throw new NotImplementedException();
}
return (await Exercise.CheckAsync("04-1", CountPrimesAsync)).Report();
