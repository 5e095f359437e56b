using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace OutOfProcess;

/// <summary>
/// Lends memory to a pipe: Linux then gives the reader the pages themselves (vmsplice), where a write would first copy them
/// into pages of the pipe's own. Elsewhere it is written.
/// </summary>
internal static unsafe partial class ZeroCopyPipe
{
    // Less is copied sooner than its pages are looked up.
    private const int Smallest = 64 * 1024;
    private const int Interrupted = 4;

    /// <summary>Puts all bytes into the pipe; the memory is pinned, and stays so until the reader has read it.</summary>
    /// <exception cref="IOException">Nobody reads from the pipe any more.</exception>
    public static void Write(AnonymousPipeServerStream pipe, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var lent = 0;
            while (OperatingSystem.IsLinux() && bytes.Length - lent >= Smallest)
            {
                var part = new Part { Start = start + lent, Length = (nuint)(bytes.Length - lent) };
                var count = (int)Splice(pipe.SafePipeHandle, &part, 1, 0);
                lent += Math.Max(0, count);

                // A sandbox may forbid the call. Whatever else it is, the write says it.
                if (count <= 0 && Marshal.GetLastPInvokeError() != Interrupted)
                    break;
            }

            pipe.Write(bytes[lent..]);
        }
    }

    [LibraryImport("libc", EntryPoint = "vmsplice", SetLastError = true)]
    private static partial nint Splice(SafeHandle pipe, Part* parts, nuint count, uint flags);

    [StructLayout(LayoutKind.Sequential)]
    private struct Part
    {
        public byte* Start;
        public nuint Length;
    }
}
