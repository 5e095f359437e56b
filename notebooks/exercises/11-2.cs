// Exercise 11-2, of notebooks/11-what-goes-wrong.ipynb. Repair a deadlock. DepositTwiceAsync holds the only place of
// the semaphore, and so does each deposit. There is not even a second thread. Checked: it ends, both deposits arrive,
// those of two callers are never made at the same moment, no deposit of another caller comes between the two of one,
// and a deposit that throws keeps nobody out, and its exception comes out.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

var vault = new SemaphoreSlim(1);

async Task DepositAsync(int amount, Action<int> add)
{
    await vault.WaitAsync();
    try { add(amount); }
    finally { vault.Release(); }
}

async Task DepositTwiceAsync(int amount, Action<int> add)
{
    await vault.WaitAsync();
    try
    {
        await DepositAsync(amount, add);
        await DepositAsync(amount, add);
    }
    finally { vault.Release(); }
}
return (await Exercise.CheckAsync("11-2", DepositTwiceAsync)).Report();
