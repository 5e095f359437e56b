using System.Runtime.InteropServices;

namespace OutOfProcess;

/// <summary>
/// Waits until a pipe has something to read, with a limit. A plain read has none, and would wait for ever when a worker
/// is dead but another process, a child of the worker's for example, still holds the other end of its pipe.
/// </summary>
internal static unsafe partial class PipePoll
{
    private const short PollIn = 1;

    /// <summary>Sets, for each handle, whether a read would return at once; a handle of -1 is passed over.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool Wait(ReadOnlySpan<nint> handles, Span<bool> ready, int milliseconds)
    {
        if (OperatingSystem.IsWindows())
            return WaitWindows(handles, ready, milliseconds);

        var polls = stackalloc PollFd[handles.Length];
        for (var i = 0; i < handles.Length; i++)
            polls[i] = new PollFd { Handle = (int)handles[i], Events = PollIn };

        // Below zero it was interrupted by a signal: the caller asks again.
        var count = Poll(polls, (uint)handles.Length, milliseconds);
        for (var i = 0; i < handles.Length; i++)
            ready[i] = count > 0 && polls[i].Results != 0;
        return count > 0;
    }

    // Anonymous pipes cannot be waited for on Windows; looking every millisecond costs latency, not correctness.
    private static bool WaitWindows(ReadOnlySpan<nint> handles, Span<bool> ready, int milliseconds)
    {
        var until = Environment.TickCount64 + milliseconds;
        for (var round = 0; ; round++)
        {
            // Failing means that the other end is closed, which a read reports at once.
            for (var i = 0; i < handles.Length; i++)
                ready[i] = handles[i] != -1 && (PeekNamedPipe(handles[i], 0, 0, 0, out var available, 0) == 0 || available > 0);

            var any = ready[..handles.Length].Contains(true);
            if (any || Environment.TickCount64 >= until)
                return any;
            Thread.Sleep(round < 50 ? 0 : 1);
        }
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(PollFd* handles, nuint count, int milliseconds);

    [LibraryImport("kernel32", EntryPoint = "PeekNamedPipe")]
    private static partial int PeekNamedPipe(nint pipe, nint buffer, uint size, nint read, out uint available, nint left);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFd
    {
        public int Handle;
        public short Events;
        public short Results;
    }
}
