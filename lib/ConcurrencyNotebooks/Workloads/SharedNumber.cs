namespace ConcurrencyNotebooks;

/// <summary>One static number, to see who shares it: every thread of a process does, another process has its own.</summary>
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
