// Exercise 07-1, of notebooks/07-cpu-bound.ipynb. Count the numbers for which isPrime is true, on all cores. Checked:
// the count, that each number is looked at once, that at least two are looked at at once (where there are two cores),
// and that there are not many more threads than cores.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

int CountPrimes(int[] numbers, Func<int, bool> isPrime)
{
    throw new NotImplementedException();
}
return (await Exercise.CheckAsync("07-1", CountPrimes)).Report();
