namespace OutOfProcess.Tests;

/// <summary>A place where work in other processes says that it has begun, and waits until it may go on.</summary>
internal sealed class Gate : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gate-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "gate");

    public Task BegunAsync() => Eventually.TrueAsync(() => File.Exists(Path + ".began"), "the work begins");

    public void Open() => File.WriteAllText(Path + ".open", "");

    public string NameOf(string name) => System.IO.Path.Combine(_folder, name);

    public void Dispose()
    {
        // Work that still waits, because the test failed before, ends by its pool; the folder is nobody's any more.
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A worker that is just ending may have created a file meanwhile; it is in the temporary folder.
        }
    }
}

internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Waits for what another process is about to do; fails when it never does.</summary>
    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        var until = Environment.TickCount64 + (long)Limit.TotalMilliseconds;
        while (!condition())
        {
            if (Environment.TickCount64 > until)
                throw new TimeoutException($"Waited {Limit.TotalSeconds} s in vain until {what}.");
            await Task.Delay(5);
        }
    }

    /// <summary>Lets a test fail that would otherwise hang.</summary>
    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static Task InTime(this Task task) => task.WaitAsync(Limit);
}
