namespace ConcurrencyNotebooks;

/// <summary>What must not happen on a thread, to be called in another process.</summary>
public static class Crash
{
    /// <summary>Ends the process that runs it at once, as a bug in a native library does; nothing can catch that.</summary>
    /// <returns>Never; the result is there so that the call can stand beside others that have one.</returns>
    public static int Now(string why)
    {
        Environment.FailFast(why);
        return 0;
    }
}
