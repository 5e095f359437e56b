namespace ConcurrencyNotebooks;

/// <summary>The shortest run of the notebooks, which is enough to see that everything runs.</summary>
internal static class QuickRun
{
    public static bool IsAskedFor => Environment.GetEnvironmentVariable("CONCURRENCY_NOTEBOOKS_QUICK") == "1";
}
