using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OutOfProcess;

/// <summary>What becomes of a call between its sending and its end.</summary>
internal enum CallState
{
    Waiting, // Sent; the worker has not begun it, and the pool may take it back.
    Running, // The worker runs it; the pool may kill the worker for it.
    Done, // The worker has its result and is about to send it.
    Revoked, // The pool took it back: the worker passes over it.
    Killed, // The pool kills the worker for it: the worker begins nothing any more.
}

/// <summary>
/// The memory that the pool and one worker process share: for each call that the worker holds, one word with its number and state.
/// Each step of a call is one compare-and-swap on that word, so pool and worker always agree on which call was running when
/// a worker died, a cancelled call either ran or did not, and killing a worker for one call can never hit the next.
/// </summary>
/// <remarks>
/// It has no name in any file system, so nothing of it outlives the processes, however they end: where the system has anonymous
/// memory, .NET takes that; elsewhere a file that it deletes as soon as it is open; on Windows a section that goes with its
/// last handle.
/// </remarks>
internal sealed unsafe partial class ControlBlock : IDisposable
{
    private const int Length = 4096;

    // Pages that can be read and written, and that all processes see. The same on all Unixes.
    private const int ReadablePages = 1, WritablePages = 2, SharedPages = 1;

    private readonly string? _section;
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte* _cells;

    /// <summary>Makes the memory, in the pool's process.</summary>
    public ControlBlock()
    {
        _section = OperatingSystem.IsWindows() ? $"process-pool-{Guid.NewGuid():N}" : null;
        _file = MemoryMappedFile.CreateNew(_section, Length);
        _view = _file.CreateViewAccessor();
        _cells = (byte*)_view.SafeMemoryMappedViewHandle.DangerousGetHandle();
    }

    /// <summary>Opens, in the worker, the memory that was lent to it, for as long as that program lives.</summary>
    public ControlBlock(string loan)
    {
        if (OperatingSystem.IsWindows())
        {
            _view = MemoryMappedFile.OpenExisting(loan).CreateViewAccessor();
            _cells = (byte*)_view.SafeMemoryMappedViewHandle.DangerousGetHandle();
            return;
        }

        // A file stream and a mapped file of the framework would be a tenth of a worker's start.
        using var file = new SafeFileHandle(Protocol.ParseNumber(loan), ownsHandle: true);
        var memory = MapMemory(0, Length, ReadablePages | WritablePages, SharedPages, file, 0);
        _cells = memory != -1
            ? (byte*)memory
            : throw new IOException($"The pool's shared memory cannot be used: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    /// <summary>Lends the memory to the program that is started next; the loan ends when the handle is closed after that.</summary>
    /// <param name="loan">How the program finds it: the number of a file or the name of a section, for its command line.</param>
    public SafeFileHandle Lend(out string loan)
    {
        // A duplicate is inherited, which the file itself is not.
        var duplicate = _section is null ? Duplicate(_file!.SafeMemoryMappedFileHandle) : -1;
        if (_section is null && duplicate == -1)
            throw new IOException($"The pool's shared memory cannot be lent to a worker: {Marshal.GetLastPInvokeErrorMessage()}.");
        loan = _section ?? $"{duplicate}";
        return new SafeFileHandle(duplicate, ownsHandle: true);
    }

    /// <summary>Announces a call, before its frame is sent.</summary>
    public void Announce(long number) => Volatile.Write(ref Cell(0, number), Word(number, CallState.Waiting));

    /// <summary>Takes one step; false when the other side took another before.</summary>
    public bool TryStep(long number, CallState from, CallState to) =>
        Interlocked.CompareExchange(ref Cell(0, number), Word(number, to), Word(number, from)) == Word(number, from);

    public bool Is(long number, CallState state) => Volatile.Read(ref Cell(0, number)) == Word(number, state);

    /// <summary>When the worker began the call, as a timestamp of <c>Stopwatch</c>: a machine has one such clock.</summary>
    public ref long Started(long number) => ref Cell(1, number);

    public void RequestCancellation(long number) => Volatile.Write(ref Cell(2, number), number);

    public bool IsCancellationRequested(long number) => Volatile.Read(ref Cell(2, number)) == number;

    public void Dispose()
    {
        _view?.Dispose();
        _file?.Dispose();
    }

    private static long Word(long number, CallState state) => (number << 3) | (long)state;

    // Three tables: states, starts, cancellations.
    private ref long Cell(int table, long number) =>
        ref Unsafe.AsRef<long>(_cells + (((table * Protocol.Slots) + (number % Protocol.Slots)) * sizeof(long)));

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MapMemory(nint address, nint length, int protection, int flags, SafeHandle file, nint offset);

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static partial int Duplicate(SafeHandle file);
}
