namespace ConcurrencyNotebooks;

/// <summary>Calls that do nothing, to measure what it costs to make them from another process.</summary>
public static class Crossing
{
    /// <summary>The length of the argument, which is thereby all that comes back.</summary>
    public static int Length(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return bytes.Length;
    }
}
