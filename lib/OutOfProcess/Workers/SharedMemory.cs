using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace OutOfProcess;

/// <summary>
/// Memory that this process shares with programs that it starts. It has no name in any file system: on Linux it is an
/// anonymous file in memory, on other Unixes a file that is deleted as soon as it is open, on Windows a named section that
/// goes with its last handle. So nothing of it outlives the processes, however they end.
/// </summary>
internal abstract unsafe partial class SharedMemory : IDisposable
{
    public abstract byte* Start { get; }

    /// <exception cref="IOException">There is no such memory to be had.</exception>
    public static SharedMemory Create(int length) => OperatingSystem.IsWindows() ? new Section(length) : Pages.Create(Anonymous() ?? Deleted(Path.GetTempPath()), length);

    /// <summary>The memory as a file in a folder, which is deleted at once.</summary>
    [UnsupportedOSPlatform("windows")]
    public static SharedMemory CreateIn(string folder, int length) => Pages.Create(Deleted(folder), length);

    /// <summary>Opens, in a program that was started, the memory that was lent to it.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SharedMemory Open(string loan, int length) =>
        OperatingSystem.IsWindows() ? new Section(loan) : Pages.Open((int)Protocol.ParseNumber(loan), length);

    /// <summary>Lends the memory to the program that is started next; the loan ends when that has started.</summary>
    public abstract Loan Lend();

    public abstract void Dispose();

    // Null where the system has none, or a sandbox forbids it.
    private static FileStream? Anonymous()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var file = CreateAnonymousFile("process-pool", Pages.CloseOnExec);
        return file == -1 ? null : new FileStream(new SafeFileHandle(file, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
    }

    [UnsupportedOSPlatform("windows")]
    private static FileStream Deleted(string folder)
    {
        var path = Path.Combine(folder, $"process-pool-{Environment.ProcessId}-{Guid.NewGuid():N}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        var file = new FileStream(path, options);
        File.Delete(path);
        return file;
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int CreateAnonymousFile(string name, uint flags);

    /// <summary>How a program that is started finds the memory: a number or a name, for its command line.</summary>
    public sealed class Loan(string text, Action? end = null) : IDisposable
    {
        public override string ToString() => text;

        public void Dispose() => end?.Invoke();
    }

    // On Unix a child inherits a duplicate of the file.
    private sealed partial class Pages(FileStream? file, byte* start) : SharedMemory
    {
        public const uint CloseOnExec = 1;

        // Pages that can be read and written, and that all processes see. The same on all Unixes.
        private const int ReadablePages = 1, WritablePages = 2, SharedPages = 1;

        private nuint _length;

        public override byte* Start => start;

        public static Pages Create(FileStream file, int length)
        {
            // Written, not only sized: on a full disk this fails here, and not with a bus error at the first access.
            file.Write(new byte[length]);
            return new Pages(file, Map((int)file.SafeFileHandle.DangerousGetHandle(), length)) { _length = (nuint)length };
        }

        public static Pages Open(int file, int length)
        {
            // A file stream or a mapped file of the framework would be a tenth of a worker's start.
            var start = Map(file, length);
            _ = CloseFile(file);
            return new Pages(null, start) { _length = (nuint)length };
        }

        public override Loan Lend()
        {
            // A duplicate is inherited, which the file itself is not.
            var duplicate = Duplicate(file!.SafeFileHandle);
            return duplicate == -1
                ? throw new IOException($"The pool's shared memory cannot be lent to a worker: {Marshal.GetLastPInvokeErrorMessage()}.")
                : new Loan($"{duplicate}", () => _ = CloseFile(duplicate));
        }

        public override void Dispose()
        {
            _ = Unmap(start, _length);
            file?.Dispose();
        }

        private static byte* Map(int file, int length)
        {
            var memory = MapMemory(0, length, ReadablePages | WritablePages, SharedPages, file, 0);
            return memory == -1
                ? throw new IOException($"The pool's shared memory cannot be used: {Marshal.GetLastPInvokeErrorMessage()}.")
                : (byte*)memory;
        }

        [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
        private static partial nint MapMemory(nint address, nint length, int protection, int flags, int file, nint offset);

        [LibraryImport("libc", EntryPoint = "munmap")]
        private static partial int Unmap(byte* start, nuint length);

        [LibraryImport("libc", EntryPoint = "dup", SetLastError = true)]
        private static partial int Duplicate(SafeHandle file);

        [LibraryImport("libc", EntryPoint = "close")]
        private static partial int CloseFile(int file);
    }

    // On Windows a child opens the section by its name.
    [SupportedOSPlatform("windows")]
    private sealed class Section : SharedMemory
    {
        private readonly string _name;
        private readonly MemoryMappedFile _file;
        private readonly MemoryMappedViewAccessor _view;
        private readonly byte* _start;

        public Section(int length)
            : this($"process-pool-{Guid.NewGuid():N}", name => MemoryMappedFile.CreateNew(name, length))
        {
        }

        public Section(string name)
            : this(name, MemoryMappedFile.OpenExisting)
        {
        }

        private Section(string name, Func<string, MemoryMappedFile> open)
        {
            (_name, _file) = (name, open(name));
            _view = _file.CreateViewAccessor();
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        }

        public override byte* Start => _start;

        public override Loan Lend() => new(_name);

        public override void Dispose()
        {
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file.Dispose();
        }
    }
}
