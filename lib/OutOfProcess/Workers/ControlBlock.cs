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
/// The memory that pool and workers share: for each call that a worker holds, one word with its number and state. Each
/// step of a call is one compare-and-swap on that word, so pool and worker always agree on which call was running when
/// a worker died, a cancelled call either ran or did not, and killing a worker for one call can never hit the next.
/// </summary>
internal sealed unsafe class ControlBlock(SharedMemory memory) : IDisposable
{
    private const int WorkerLength = 4096;
    private const int StartedAt = Protocol.Slots * sizeof(long);
    private const int CancelAt = 2 * Protocol.Slots * sizeof(long);

    /// <summary>Creates the block for a pool's workers.</summary>
    /// <exception cref="IOException">There is no memory to share.</exception>
    public static ControlBlock Create(int workers) => new(SharedMemory.Create(workers * WorkerLength));

    /// <summary>Opens a pool's block in one of its workers, for as long as that process lives.</summary>
    /// <exception cref="IOException">It cannot be opened: the pool has gone, probably.</exception>
    public static ControlBlock Open(string loan, int worker) => new(SharedMemory.Open(loan, (worker + 1) * WorkerLength));

    /// <summary>Lends the block to the worker that is started next.</summary>
    public SharedMemory.Loan Lend() => memory.Lend();

    /// <summary>Announces a call, before its frame is sent.</summary>
    public void Announce(int worker, long number) => Volatile.Write(ref State(worker, number), Word(number, CallState.Waiting));

    /// <summary>Takes one step; false when the other side took another before.</summary>
    public bool TryStep(int worker, long number, CallState from, CallState to) =>
        Interlocked.CompareExchange(ref State(worker, number), Word(number, to), Word(number, from)) == Word(number, from);

    public bool Is(int worker, long number, CallState state) => Volatile.Read(ref State(worker, number)) == Word(number, state);

    /// <summary>
    /// When the worker began the call, as a timestamp of <see cref="System.Diagnostics.Stopwatch"/>, which all processes of
    /// a machine share.
    /// </summary>
    public ref long Started(int worker, long number) => ref Cell(worker, StartedAt, number);

    public void RequestCancellation(int worker, long number) => Volatile.Write(ref Cell(worker, CancelAt, number), number);

    public bool IsCancellationRequested(int worker, long number) => Volatile.Read(ref Cell(worker, CancelAt, number)) == number;

    /// <summary>Forgets the calls of a worker that has died, for the one that takes its place.</summary>
    public void Clear(int worker) => new Span<byte>(memory.Start + (worker * WorkerLength), WorkerLength).Clear();

    public void Dispose() => memory.Dispose();

    private static long Word(long number, CallState state) => (number << 3) | (long)state;

    private ref long State(int worker, long number) => ref Cell(worker, 0, number);

    private ref long Cell(int worker, int offset, long number) =>
        ref Unsafe.AsRef<long>(memory.Start + (worker * WorkerLength) + offset + (number % Protocol.Slots * sizeof(long)));
}
