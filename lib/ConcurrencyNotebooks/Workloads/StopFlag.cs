using System.Runtime.CompilerServices;

namespace ConcurrencyNotebooks;

/// <summary>
/// A loop that another thread asks to stop after 10 ms, and the number of turns that it made. It ends by itself after its last turn,
/// so that a request that is never seen hangs nothing.
/// </summary>
/// <remarks>The loops are compiled optimised, as in a Release build. Without optimisation every turn reads the field in memory.</remarks>
/// <example>
/// <code>
/// StopFlag.InVolatileField(turns: 1_000_000_000)    // less than that
/// </code>
/// </example>
public static class StopFlag
{
    /// <summary>The flag is a plain field. The compiler may read it once, since nothing in the loop changes it.</summary>
    /// <param name="turns">The turns after which the loop ends by itself: enough for some tenths of a second.</param>
    public static long InPlainField(long turns) => AskToStop(turns, flag => flag.Plain = true, PlainLoop);

    /// <summary>The flag is a volatile field, which every turn must read.</summary>
    /// <inheritdoc cref="InPlainField" path="/param"/>
    public static long InVolatileField(long turns) => AskToStop(turns, flag => flag.Volatile = true, VolatileLoop);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long PlainLoop(Flag stop, long turns)
    {
        var turn = 0L;
        while (!stop.Plain && turn < turns) turn++;
        return turn;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long VolatileLoop(Flag stop, long turns)
    {
        var turn = 0L;
        while (!stop.Volatile && turn < turns) turn++;
        return turn;
    }

    private static long AskToStop(long turns, Action<Flag> ask, Func<Flag, long, long> loop)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(turns);
        var made = 0L;
        while (made == 0) // Zero: on a busy machine the request came before the loop had looked once.
        {
            var stop = new Flag();
            var thread = new Thread(() => made = loop(stop, turns)) { IsBackground = true };
            thread.Start();
            Thread.Sleep(10);
            ask(stop);
            thread.Join();
        }

        return made;
    }

    private sealed class Flag
    {
        public bool Plain;
        public volatile bool Volatile;
    }
}
