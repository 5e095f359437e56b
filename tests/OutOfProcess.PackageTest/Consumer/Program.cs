using OutOfProcess;

await using var pool = new ProcessPool(workers: 2);
var starts = Enumerable.Range(0, 10).Select(part => 100_000 * part);
var counts = await pool.MapAsync(Primes.CountFrom, starts);
var isOther = await pool.RunAsync(Primes.ProcessId) != Environment.ProcessId;
Console.WriteLine($"{counts.Sum()} primes below 1,000,000, counted in other processes: {isOther}");
