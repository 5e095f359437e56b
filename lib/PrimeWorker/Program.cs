using ConcurrencyNotebooks;

// A worker that a lesson starts by hand: reads a range of numbers a line, answers each with the primes in it, ends with its input.
while (Console.ReadLine() is { } line)
{
    var range = line.Split(' ');
    Console.WriteLine(Primes.Count(int.Parse(range[0]), int.Parse(range[1])));
}
