using System.Runtime.CompilerServices;

namespace ConcurrencyNotebooks;

public static partial class Counters
{
    /// <summary>The plain counter, incremented by threads of an interpreter with a lock.</summary>
    /// <remarks>
    /// The lock keeps all increments only as long as none of its checkpoints falls between reading and writing. A turn of
    /// 5 ms holds a few million increments of compiled code, a hundred times what CPython makes in it: with less than some
    /// 20 million increments, a thread may be done before it is ever asked to hand over.
    /// </remarks>
    public static CounterResult UnderInterpreterLock(
        int threads, long increments, InterpreterLock interpreterLock, CheckpointPlacement placement = CheckpointPlacement.AtLoopEnd)
    {
        ArgumentNullException.ThrowIfNull(interpreterLock);
        Action<Counter, long, InterpreterLock> count = placement switch
        {
            CheckpointPlacement.AtLoopEnd => CountWithCheckpointAtLoopEnd,
            CheckpointPlacement.AtFunctionEntry => CountWithCheckpointAtFunctionEntry,
            _ => throw new ArgumentOutOfRangeException(nameof(placement), placement, "Choose one of the named placements."),
        };
        var counter = new Counter();
        return Race(
            threads,
            increments,
            _ => interpreterLock.Run(() => count(counter, increments, interpreterLock)),
            () => counter.Value);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CountWithCheckpointAtLoopEnd(Counter counter, long times, InterpreterLock interpreterLock)
    {
        for (long i = 0; i < times; i++)
        {
            counter.Increment();
            interpreterLock.Checkpoint();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CountWithCheckpointAtFunctionEntry(Counter counter, long times, InterpreterLock interpreterLock)
    {
        for (long i = 0; i < times; i++)
        {
            Volatile.Write(ref counter.Value, AddOne(Volatile.Read(ref counter.Value), interpreterLock));
            interpreterLock.Checkpoint();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static long AddOne(long value, InterpreterLock interpreterLock)
    {
        // The caller has read the counter and not yet written it.
        interpreterLock.Checkpoint();
        return value + 1;
    }
}
