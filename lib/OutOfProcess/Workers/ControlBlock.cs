using System.Runtime.CompilerServices;

namespace OutOfProcess;

/// <summary>What becomes of a call between its sending and its end.</summary>
internal enum CallState
{
    /// <summary>Sent; the worker has not begun it, and the pool may take it back.</summary>
    Waiting,

    /// <summary>The worker runs it; the pool may kill the worker for it.</summary>
    Running,

    /// <summary>The worker has its result and is about to send it.</summary>
    Done,

    /// <summary>The pool took it back: the worker passes over it.</summary>
    Revoked,

    /// <summary>The pool kills the worker for it: the worker begins nothing any more.</summary>
    Killed,
}

/// <summary>
/// The memory that the pool and one of its workers share: for each call that the worker holds, one word with its number and state.
/// Each step of a call is one compare-and-swap on that word, so pool and worker always agree on which call was running when
/// a worker died, a cancelled call either ran or did not, and killing a worker for one call can never hit the next.
/// </summary>
/// <param name="memory">That of all workers; it has to outlive this.</param>
/// <param name="index">The worker's place in it.</param>
internal sealed unsafe class ControlBlock(SharedMemory memory, int index)
{
    /// <summary>What each worker takes of the memory, in bytes.</summary>
    public const int Length = 4096;

    private readonly byte* _states = memory.Start + (index * Length);
    private readonly byte* _starts = memory.Start + (index * Length) + (Protocol.Slots * sizeof(long));
    private readonly byte* _cancelled = memory.Start + (index * Length) + (2 * Protocol.Slots * sizeof(long));

    /// <summary>Announces a call, before its frame is sent.</summary>
    public void Announce(long number) => Volatile.Write(ref Cell(_states, number), Word(number, CallState.Waiting));

    /// <summary>Takes one step; false when the other side took another before.</summary>
    public bool TryStep(long number, CallState from, CallState to) =>
        Interlocked.CompareExchange(ref Cell(_states, number), Word(number, to), Word(number, from)) == Word(number, from);

    public bool Is(long number, CallState state) => Volatile.Read(ref Cell(_states, number)) == Word(number, state);

    /// <summary>
    /// When the worker began the call, as a timestamp of <see cref="System.Diagnostics.Stopwatch"/>, which all processes of
    /// a machine share.
    /// </summary>
    public ref long Started(long number) => ref Cell(_starts, number);

    public void RequestCancellation(long number) => Volatile.Write(ref Cell(_cancelled, number), number);

    public bool IsCancellationRequested(long number) => Volatile.Read(ref Cell(_cancelled, number)) == number;

    /// <summary>Forgets the calls of a worker that has died, for the one that takes its place.</summary>
    public void Clear() => new Span<byte>(_states, Length).Clear();

    private static long Word(long number, CallState state) => (number << 3) | (long)state;

    private static ref long Cell(byte* cells, long number) =>
        ref Unsafe.AsRef<long>(cells + (number % Protocol.Slots * sizeof(long)));
}
