// Exercise 07-2, of notebooks/07-cpu-bound.ipynb. Share out a sum among threads threads. sumOf(from, to) computes the
// terms from from up to, but not including, to. Checked: the sum of all terms from 0 up to terms, that each term is
// computed once (terms is no multiple of threads), that all threads compute at once, and that their parts are about
// equal.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

long SumOnThreads(int threads, long terms, Func<long, long, long> sumOf)
{
    throw new NotImplementedException();
}
return (await Exercise.CheckAsync("07-2", SumOnThreads)).Report();
