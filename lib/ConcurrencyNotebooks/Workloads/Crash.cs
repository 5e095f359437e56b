namespace ConcurrencyNotebooks;

/// <summary>Exceptions that end their process, to be thrown in another one.</summary>
/// <example>
/// <code>
/// await using (var pool = new ProcessPool(workers: 1))
///     try { await pool.RunAsync(Crash.OnThread); }
///     catch (WorkerDiedException death) { Console.WriteLine(death.Message); }
/// </code>
/// </example>
public static class Crash
{
    /// <summary>Lets a thread throw, with a <c>catch</c> around everything that the starting thread does.</summary>
    /// <returns>Never; what it would say if the exception were caught, or ignored.</returns>
    public static string OnThread()
    {
        try
        {
            var thread = new Thread(() => throw new InvalidOperationException("bad luck"));
            thread.Start();
            thread.Join();
            return "the program continues";
        }
        catch (InvalidOperationException)
        {
            return "caught";
        }
    }

    /// <summary>The same with an <c>async void</c> method, whose exception is thrown on a thread of the pool.</summary>
    /// <inheritdoc cref="OnThread" path="/returns"/>
    public static string InAsyncVoid()
    {
        try
        {
            FailLaterAsync();
            Thread.Sleep(TimeSpan.FromSeconds(10)); // the process ends long before
            return "the program continues";
        }
        catch (InvalidOperationException)
        {
            return "caught";
        }
    }

    private static async void FailLaterAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("bad luck");
    }
}
