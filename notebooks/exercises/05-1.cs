// Exercise 05-1, of notebooks/05-async.ipynb. Find the bug. Twenty calls of AddOneAsync run on one thread, on the
// EventLoop, and each adds 1. In the end the number is 1. Keep the two awaits, and lose no update. Checked: the number,
// that each call reads once and writes once, that a read which fails does not keep the others out, and that its
// exception comes out.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

async Task AddOneAsync(Func<Task<int>> readAsync, Func<int, Task> writeAsync)
{
    var number = await readAsync();
    await writeAsync(number + 1);
}
return (await Exercise.CheckAsync("05-1", AddOneAsync)).Report();
