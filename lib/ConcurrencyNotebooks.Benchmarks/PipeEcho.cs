using System.Diagnostics;

namespace ConcurrencyNotebooks.Benchmarks;

/// <summary>The floor under every pool of processes: 64 bytes to another process and back, over two plain pipes.</summary>
internal static class PipeEcho
{
    public const string Verb = "pipe-echo";
    private const int Length = 64;
    private const int RoundTrips = 5000;
    private const int Rounds = 5;

    /// <summary>The other process: gives back whatever comes.</summary>
    public static int Run()
    {
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        var message = new byte[Length];
        while (input.ReadAtLeast(message, Length, throwOnEndOfStream: false) == Length)
            output.Write(message);
        return 0;
    }

    /// <summary>Microseconds of one round trip, the best of several rounds.</summary>
    public static double MeasureMicroseconds()
    {
        using var process = Process.Start(CompanionProgram.StartInfo(typeof(PipeEcho).Assembly.Location, Verb))!;
        var (to, from) = (process.StandardInput.BaseStream, process.StandardOutput.BaseStream);
        var message = new byte[Length];
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var trip = 0; trip < RoundTrips; trip++)
            {
                to.Write(message);
                to.Flush();
                from.ReadExactly(message);
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / RoundTrips);
        }

        process.StandardInput.Close();
        process.WaitForExit();
        return best;
    }
}
