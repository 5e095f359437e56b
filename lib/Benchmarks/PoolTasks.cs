namespace Benchmarks;

/// <summary>What the pools are measured with: so little work that only the way counts.</summary>
internal static class PoolTasks
{
    public static int Negate(int number) => -number;

    public static int Length(byte[] data) => data.Length;
}
