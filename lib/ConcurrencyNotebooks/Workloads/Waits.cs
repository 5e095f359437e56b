namespace ConcurrencyNotebooks;

/// <summary>Work that consists of waiting, and needs no core meanwhile.</summary>
public static class Waits
{
    /// <summary>Keeps the calling thread and waits, as a synchronous call to a database or a web site does.</summary>
    public static void Blocking(TimeSpan duration) => Thread.Sleep(duration);

    /// <summary>Reads a file from its beginning to its end with blocking calls and keeps none of it.</summary>
    /// <param name="path">Any file that is there; without it, one that the .NET runtime itself consists of (some 10 MB).</param>
    /// <param name="times">How often to read it. From the second time on it mostly comes out of the system's memory.</param>
    /// <returns>The number of bytes read.</returns>
    public static long ReadFile(string? path = null, int times = 1)
    {
        using var file = File.OpenHandle(path ?? typeof(object).Assembly.Location);
        var buffer = new byte[1 << 20];
        long total = 0;
        for (var time = 0; time < times; time++)
        {
            long offset = 0;
            while (RandomAccess.Read(file, buffer, offset) is > 0 and var read)
                offset += read;
            total += offset;
        }

        return total;
    }
}
