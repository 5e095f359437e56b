using System.Diagnostics;
using OutOfProcess;

namespace ConcurrencyNotebooks;

/// <summary>Measures what it costs to hand control from one piece of work to another, in each of the models.</summary>
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

    /// <summary>One call into another process and its answer, which is the least that two processes have to say to each other.</summary>
    /// <param name="pool">Where to call; its workers are started before the measurement begins.</param>
    /// <param name="calls">How many to average over, one after the other; at least 1.</param>
    /// <returns>The time of one call.</returns>
    public static async Task<TimeSpan> BetweenProcessesAsync(ProcessPool pool, int calls)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentOutOfRangeException.ThrowIfLessThan(calls, 1);
        await pool.RunAsync(SharedNumber.Add, 0);

        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++) await pool.RunAsync(SharedNumber.Add, 0);
        return Stopwatch.GetElapsedTime(start) / calls;
    }
}
