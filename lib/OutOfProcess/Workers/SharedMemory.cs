using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OutOfProcess;

/// <summary>
/// Memory that this process shares with programs that it starts. It has no name in any file system, so nothing of it outlives
/// the processes, however they end: where the system has anonymous memory, .NET takes that; elsewhere a file that it deletes
/// as soon as it is open; on Windows a section that goes with its last handle.
/// </summary>
internal sealed unsafe partial class SharedMemory : IDisposable
{
    // Pages that can be read and written, and that all processes see. The same on all Unixes.
    private const int ReadablePages = 1, WritablePages = 2, SharedPages = 1;

    private readonly string? _section;
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;

    // The owner's side.
    private SharedMemory(string? section, MemoryMappedFile file)
    {
        (_section, _file, _view) = (section, file, file.CreateViewAccessor());
        Start = (byte*)_view.SafeMemoryMappedViewHandle.DangerousGetHandle();
    }

    // A worker's side.
    private SharedMemory(byte* start) => Start = start;

    /// <summary>Where it begins here; valid until the memory is disposed of.</summary>
    public byte* Start { get; }

    /// <exception cref="IOException">There is no such memory to be had.</exception>
    public static SharedMemory Create(int length)
    {
        var section = OperatingSystem.IsWindows() ? $"process-pool-{Guid.NewGuid():N}" : null;
        return new SharedMemory(section, MemoryMappedFile.CreateNew(section, length));
    }

    /// <summary>Opens, in a program that was started, the memory that was lent to it, for as long as that program lives.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SharedMemory Open(string loan, int length)
    {
        if (OperatingSystem.IsWindows())
            return new SharedMemory(loan, MemoryMappedFile.OpenExisting(loan));

        // A file stream and a mapped file of the framework would be a tenth of a worker's start.
        using var file = new SafeFileHandle((nint)Protocol.ParseNumber(loan), ownsHandle: true);
        var memory = MapMemory(0, length, ReadablePages | WritablePages, SharedPages, file, 0);
        return memory != -1
            ? new SharedMemory((byte*)memory)
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

    public void Dispose()
    {
        _view?.Dispose();
        _file?.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MapMemory(nint address, nint length, int protection, int flags, SafeHandle file, nint offset);

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static partial int Duplicate(SafeHandle file);
}
