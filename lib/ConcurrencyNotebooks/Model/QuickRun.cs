namespace ConcurrencyNotebooks;

/// <summary>Whether the notebooks are to take the shortest time, enough to see that everything runs.</summary>
internal static class QuickRun
{
    /// <summary>Whether the variable <c>CONCURRENCY_NOTEBOOKS_QUICK</c> is 1.</summary>
    public static bool IsAskedFor => Environment.GetEnvironmentVariable("CONCURRENCY_NOTEBOOKS_QUICK") == "1";
}
