// Exercise 02-2, of notebooks/02-the-interpreter-lock.ipynb. Find the bug. Three customers call Sell at once, and one
// seat is left. There is a lock, and still the seat is sold more than once. Python's GIL would not help either: it
// protects the interpreter, not your program. Checked: one seat goes to one customer, and with five seats left all
// three get one.
#:project ../../lib/ConcurrencyNotebooks/ConcurrencyNotebooks.csproj
using ConcurrencyNotebooks;

var seatsGate = new Lock();

bool Sell(SlowCounter seats)
{
    if (seats.Value == 0) return false;
    lock (seatsGate) seats.Value--;
    return true;
}
return (await Exercise.CheckAsync("02-2", Sell)).Report();
