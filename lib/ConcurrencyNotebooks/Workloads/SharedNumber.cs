namespace ConcurrencyNotebooks;

/// <summary>One static number, to see who shares it: every thread of a process does, and another process has its own.</summary>
/// <example>
/// <code>
/// SharedNumber.Value = 10;
/// await using (var pool = new ProcessPool(workers: 1))
///     Console.WriteLine(await pool.RunAsync(SharedNumber.Add, 1)); // 1: the worker's own number began at 0
/// Console.WriteLine(SharedNumber.Value);                           // 10
/// </code>
/// </example>
public static class SharedNumber
{
    private static int _value;

    /// <summary>The number as this process sees it; 0 at its start.</summary>
    public static int Value
    {
        get => Volatile.Read(ref _value);
        set => Volatile.Write(ref _value, value);
    }

    /// <summary>Adds to the number, atomically, and returns its new value.</summary>
    public static int Add(int amount) => Interlocked.Add(ref _value, amount);
}
