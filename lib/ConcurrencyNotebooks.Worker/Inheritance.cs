using System.Runtime.InteropServices;

namespace ConcurrencyNotebooks;

/// <summary>Keeps the pipes from processes that a task starts: one of them would hold them open after this worker's death.</summary>
internal static partial class Inheritance
{
    private const int SetFlags = 2;
    private const int CloseOnExec = 1;
    private const uint HandleInherit = 1;

    public static void Stop(SafeHandle pipe)
    {
        // Where this fails the pool notices the death all the same, only a little later. On Apple's ARM a variadic
        // function such as fcntl takes its arguments in a way that cannot be declared here.
        if (OperatingSystem.IsWindows())
            _ = SetHandleInformation(pipe, HandleInherit, 0);
        else if (!OperatingSystem.IsMacOS() || RuntimeInformation.ProcessArchitecture == Architecture.X64)
            _ = FileControl(pipe, SetFlags, CloseOnExec);
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int FileControl(SafeHandle file, int command, int argument);

    [LibraryImport("kernel32", EntryPoint = "SetHandleInformation")]
    private static partial int SetHandleInformation(SafeHandle handle, uint mask, uint flags);
}
