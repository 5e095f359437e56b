using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OutOfProcess.Worker;

/// <summary>Opens the pipes that the pool has given this worker.</summary>
internal static partial class Pipes
{
    private const int SetFlags = 2;
    private const int CloseOnExec = 1;
    private const uint HandleInherit = 1;

    public static FileStream Open(string handle, FileAccess access)
    {
        var pipe = new SafeFileHandle(Protocol.ParseNumber(handle), ownsHandle: true);
        StopInheritance(pipe);
        return new FileStream(pipe, access, bufferSize: 0);
    }

    // A process that a task starts would hold the pipe open after this worker's death. Where this fails the pool notices the
    // death all the same, only a little later. On Apple's ARM a variadic function such as fcntl takes its arguments in a way
    // that cannot be declared here.
    private static void StopInheritance(SafeHandle pipe)
    {
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
