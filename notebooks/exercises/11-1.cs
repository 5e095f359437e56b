// Exercise 11-1, of notebooks/11-what-goes-wrong.ipynb. Find the bug. The method is to save ten pages, at most four at
// once. It says that it is ready, and has saved none. Why? Repair it. Checked: when its task ends, each page has been
// saved, four were saved at once and never five, and no thread waited for them.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

async Task SaveAllAsync(int[] pages, Func<int, Task> saveAsync)
{
    Parallel.ForEach(pages, async page => await saveAsync(page));
    await Task.CompletedTask;
}
return (await Exercise.CheckAsync("11-1", SaveAllAsync)).Report();
