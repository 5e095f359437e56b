// Exercise 08-2, of notebooks/08-choosing.ipynb. convert belongs to a native library, which now and then crashes, and
// its process with it. Convert all photographs, and put "failed" at the place of one that crashes. What does the tree
// say? Checked: all other photographs are converted, and your own process does not crash.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;
using OutOfProcess;

async Task<string[]> ConvertAllAsync(Func<int, string> convert, int[] photographs)
{
    await Task.Yield();
    throw new NotImplementedException();
}
return (await Exercise.CheckAsync("08-2", ConvertAllAsync)).Report();
