using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OutOfProcess;

/// <summary>
/// Memory that this process shares with programs that it starts. It has no name in any file system, so nothing of it outlives
/// the processes, however they end: on Linux it is an anonymous file in memory, on other Unixes a file that is deleted as soon
/// as it is open, on Windows a section that goes with its last handle.
/// </summary>
internal sealed unsafe partial class SharedMemory : IDisposable
{
    // Pages that can be read and written, and that all processes see. The same on all Unixes.
    private const int ReadablePages = 1, WritablePages = 2, SharedPages = 1;
    private const uint CloseOnExec = 1;

    private readonly FileStream? _file;
    private readonly string _section = "";
    private readonly MemoryMappedFile? _mapped;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte* _start;

    // The owner's side.
    private SharedMemory(FileStream? file, string section, MemoryMappedFile mapped)
    {
        (_file, _section, _mapped, _view) = (file, section, mapped, mapped.CreateViewAccessor());
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    // A worker's side.
    private SharedMemory(byte* start) => _start = start;

    public byte* Start => _start;

    /// <exception cref="IOException">There is no such memory to be had.</exception>
    public static SharedMemory Create(int length)
    {
        if (!OperatingSystem.IsWindows())
            return CreateFrom(Anonymous() ?? Deleted(Path.GetTempPath()), length);
        var section = $"process-pool-{Guid.NewGuid():N}";
        return new SharedMemory(file: null, section, MemoryMappedFile.CreateNew(section, length));
    }

    /// <summary>The memory as a file in a folder, which is deleted at once. Not on Windows.</summary>
    public static SharedMemory CreateIn(string folder, int length) => CreateFrom(Deleted(folder), length);

    /// <summary>Opens, in a program that was started, the memory that was lent to it, for as long as that program lives.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SharedMemory Open(string loan, int length)
    {
        if (OperatingSystem.IsWindows())
            return new SharedMemory(file: null, loan, MemoryMappedFile.OpenExisting(loan));

        // A file stream and a mapped file of the framework would be a tenth of a worker's start.
        var file = (int)Protocol.ParseNumber(loan);
        var memory = MapMemory(0, length, ReadablePages | WritablePages, SharedPages, file, 0);
        if (memory == -1)
            throw new IOException($"The pool's shared memory cannot be used: {Marshal.GetLastPInvokeErrorMessage()}.");
        _ = CloseFile(file);
        return new SharedMemory((byte*)memory);
    }

    /// <summary>Lends the memory to the program that is started next; the loan ends when that has started.</summary>
    public Loan Lend()
    {
        if (_file is null)
            return new Loan(_section, file: -1);

        // A duplicate is inherited, which the file itself is not.
        var duplicate = Duplicate(_file.SafeFileHandle);
        return duplicate != -1
            ? new Loan($"{duplicate}", duplicate)
            : throw new IOException($"The pool's shared memory cannot be lent to a worker: {Marshal.GetLastPInvokeErrorMessage()}.");
    }

    public void Dispose()
    {
        _view?.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _mapped?.Dispose();
        _file?.Dispose();
    }

    private static SharedMemory CreateFrom(FileStream file, int length)
    {
        // Written, not only sized: on a full disk this fails here, and not with a bus error at the first access.
        file.Write(new byte[length]);
        var mapped = MemoryMappedFile.CreateFromFile(
            file, mapName: null, capacity: 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        return new SharedMemory(file, section: "", mapped);
    }

    // Null where the system has none, or a sandbox forbids it.
    private static FileStream? Anonymous()
    {
        var file = OperatingSystem.IsLinux() ? CreateAnonymousFile("process-pool", CloseOnExec) : -1;
        return file == -1 ? null : new FileStream(new SafeFileHandle(file, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
    }

    private static FileStream Deleted(string folder)
    {
        var path = Path.Combine(folder, $"process-pool-{Environment.ProcessId}-{Guid.NewGuid():N}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        File.Delete(path);
        return file;
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateAnonymousFile(string name, uint flags);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MapMemory(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static partial int Duplicate(SafeHandle file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int file);

    /// <summary>
    /// How a program that is started finds the memory: the number of a file or the name of a section, for its command line.
    /// </summary>
    public sealed class Loan(string text, int file) : IDisposable
    {
        public override string ToString() => text;

        public void Dispose()
        {
            if (file != -1)
                _ = CloseFile(file);
        }
    }
}
