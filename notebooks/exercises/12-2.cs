// Exercise 12-2, of notebooks/12-many-machines.ipynb. Make a deposit that may be repeated. Each has a number of its
// own, and who repeats a deposit repeats its number. Checked: a deposit that is repeated, while it is under way, at
// once or later, leaves the balance as it is.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

var balance = 0;

async Task<int> DepositAsync(Guid operation, int amount)
{
    await Task.Yield(); // here a real one stores
    return balance += amount;
}
return (await Exercise.CheckAsync("12-2", DepositAsync)).Report();
