using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ConcurrencyNotebooks;

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
internal sealed unsafe partial class ControlBlock : IDisposable
{
    private const int WorkerLength = 4096;
    private const int StartedAt = Protocol.Slots * sizeof(long);
    private const int CancelAt = 2 * Protocol.Slots * sizeof(long);

    // Open for reading and writing; pages that can be read and written, and that all processes see. The same on all Unixes.
    private const int ReadWrite = 2;
    private const int ReadablePages = 1, WritablePages = 2, SharedPages = 1;

    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte* _memory;

    private ControlBlock(string path, FileStream stream)
    {
        Path = path;
        _file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor();
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _memory);
    }

    private ControlBlock(string path, nint memory)
    {
        Path = path;
        _memory = (byte*)memory;
    }

    public string Path { get; }

    /// <summary>Creates the block for a pool's workers, in memory where the platform has a place for that.</summary>
    public static ControlBlock Create(int workers)
    {
        var folder = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();
        var path = System.IO.Path.Combine(folder, $"process-pool-{Environment.ProcessId}-{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        // Written, not only sized: on a full disk this fails here, and not with a bus error at the first access.
        var stream = new FileStream(path, options);
        stream.Write(new byte[workers * WorkerLength]);
        stream.Flush();
        return new ControlBlock(path, stream);
    }

    /// <summary>Opens a pool's block in one of its workers, for as long as that process lives.</summary>
    /// <exception cref="IOException">It cannot be opened: the pool has gone, probably.</exception>
    public static ControlBlock Open(string path, int worker) => OperatingSystem.IsWindows()
        ? new ControlBlock(path, new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete))
        : Map(path, (worker + 1) * WorkerLength);

    /// <summary>Announces a call, before its frame is sent.</summary>
    public void Announce(int worker, long number) => Volatile.Write(ref State(worker, number), Word(number, CallState.Waiting));

    /// <summary>Takes one step; false when the other side took another before.</summary>
    public bool TryStep(int worker, long number, CallState from, CallState to) =>
        Interlocked.CompareExchange(ref State(worker, number), Word(number, to), Word(number, from)) == Word(number, from);

    public bool Is(int worker, long number, CallState state) => Volatile.Read(ref State(worker, number)) == Word(number, state);

    /// <summary>When the worker began the call, as a timestamp of <see cref="System.Diagnostics.Stopwatch"/>, which all processes of a machine share.</summary>
    public ref long Started(int worker, long number) => ref Cell(worker, StartedAt, number);

    public void RequestCancellation(int worker, long number) => Volatile.Write(ref Cell(worker, CancelAt, number), number);

    public bool IsCancellationRequested(int worker, long number) => Volatile.Read(ref Cell(worker, CancelAt, number)) == number;

    /// <summary>Forgets the calls of a worker that has died, for the one that takes its place.</summary>
    public void Clear(int worker) => new Span<byte>(_memory + (worker * WorkerLength), WorkerLength).Clear();

    /// <summary>Ends the block, which only its pool does.</summary>
    public void Dispose()
    {
        _view!.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file!.Dispose();
        File.Delete(Path);
    }

    // What a file stream and a mapped file load would be a tenth of a worker's start.
    private static ControlBlock Map(string path, int length)
    {
        var file = OpenFile(path, ReadWrite);
        var memory = file == -1 ? -1 : MapMemory(0, length, ReadablePages | WritablePages, SharedPages, file, 0);
        if (memory == -1)
            throw new IOException($"The pool's shared memory {path} cannot be used: {Marshal.GetLastPInvokeErrorMessage()}.");
        _ = CloseFile(file);
        return new ControlBlock(path, memory);
    }

    private static long Word(long number, CallState state) => (number << 3) | (long)state;

    private ref long State(int worker, long number) => ref Cell(worker, 0, number);

    private ref long Cell(int worker, int offset, long number) =>
        ref Unsafe.AsRef<long>(_memory + (worker * WorkerLength) + offset + (number % Protocol.Slots * sizeof(long)));

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MapMemory(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int file);
}
