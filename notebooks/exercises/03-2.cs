// Exercise 03-2, of notebooks/03-threads.ipynb. ThreadPool.SetMinThreads tells the built-in pool up to which number it
// may add threads at once. Run call, which blocks, calls times with Task.Run, so that all of them begin at once.
// Checked: they do, on the built-in pool, and afterwards its MinThreads are what they were, also when a call throws:
// the pool belongs to the whole process. What a call throws comes out of your method.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

async Task RunAtOnceAsync(int calls, Action call)
{
    await Task.Yield();
    throw new NotImplementedException();
}
return (await Exercise.CheckAsync("03-2", RunAtOnceAsync)).Report();
