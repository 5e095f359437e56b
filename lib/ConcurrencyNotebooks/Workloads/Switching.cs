using System.Diagnostics;

namespace ConcurrencyNotebooks;

/// <summary>Measures what it costs to hand control from one piece of work to another, in the models that need no other process.</summary>
public static class Switching
{
    /// <summary>One switch of an async task: <c>await Task.Yield()</c> gives way and goes on when its turn comes.</summary>
    /// <param name="switches">How many to average over; at least 1.</param>
    /// <returns>The time of one switch.</returns>
    public static async Task<TimeSpan> AwaitAsync(int switches)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(switches, 1);
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < switches; i++) await Task.Yield();
        return Stopwatch.GetElapsedTime(start) / switches;
    }

    /// <summary>One switch between two threads: each wakes the other and goes to sleep, in turn.</summary>
    /// <remarks>Kernel events, since the lighter locks of .NET spin before they sleep, and then nothing is switched.</remarks>
    /// <param name="switches">How many to average over; rounded up to a full turn of two.</param>
    /// <returns>The time of one switch.</returns>
    public static TimeSpan BetweenThreads(int switches)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(switches, 1);
        var turns = (switches + 1) / 2;
        using var ping = new AutoResetEvent(false);
        using var pong = new AutoResetEvent(false);
        var partner = new Thread(() =>
        {
            for (var i = 0; i < turns; i++)
            {
                ping.WaitOne();
                pong.Set();
            }
        })
        { IsBackground = true };
        partner.Start();

        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < turns; i++)
        {
            ping.Set();
            pong.WaitOne();
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        partner.Join();
        return elapsed / (2 * turns);
    }
}
