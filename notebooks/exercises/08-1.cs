// Exercise 08-1, of notebooks/08-choosing.ipynb. Design. A program has three kinds of work, count of each:
// downloadAsync can be awaited, read blocks its thread, compress computes. Which model for which? Checked: all
// downloads are in flight at once; so are all readings, on threads that nobody else needs; and the compressions use the
// cores, without a thread for each.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

async Task RunAllAsync(int count, Func<Task> downloadAsync, Action read, Action compress)
{
    await Task.Yield();
    throw new NotImplementedException();
}
return (await Exercise.CheckAsync("08-1", RunAllAsync)).Report();
