using System.Diagnostics;
using System.IO.Pipes;

namespace ConcurrencyNotebooks;

/// <summary>
/// The floor under every pool of processes: bytes through a plain pipe to another .NET process, which reads them and gives
/// back a single byte. Nothing is named, packed, queued, run, or kept.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class PlainPipe : IDisposable
{
    internal const string Verb = "plain-pipe";

    private readonly AnonymousPipeServerStream _to;
    private readonly AnonymousPipeServerStream _from;
    private readonly Process _process;

    /// <summary>Starts the other process.</summary>
    /// <exception cref="FileNotFoundException">The worker program is not where the library is; the message says what to do.</exception>
    public PlainPipe()
    {
        var program = WorkerProgram.Find();
        lock (WorkerProcess.Starting)
        {
            _to = WorkerProcess.Pipe(PipeDirection.Out);
            _from = WorkerProcess.Pipe(PipeDirection.In);
            try
            {
                _process = Process.Start(CompanionProgram.StartInfo(program, Verb, _to.GetClientHandleAsString(), _from.GetClientHandleAsString()))!;
            }
            catch
            {
                _to.Dispose();
                _from.Dispose();
                throw;
            }

            _to.DisposeLocalCopyOfClientHandle();
            _from.DisposeLocalCopyOfClientHandle();
        }
    }

    /// <summary>Sends the bytes, and returns when the other process has read the last of them and said so.</summary>
    /// <exception cref="IOException">The other process is gone.</exception>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BitConverter.TryWriteBytes(length, bytes.Length);
        _to.Write(length);
        _to.Write(bytes);
        _from.ReadExactly(length[..1]);
    }

    /// <summary>Closes the pipe, which ends the other process.</summary>
    public void Dispose()
    {
        _to.Dispose();
        _from.Dispose();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>The other process: reads whatever comes, until the pipe is closed.</summary>
    internal static void Answer(Stream calls, Stream answers)
    {
        var buffer = new byte[Protocol.PipeCapacity];
        while (calls.ReadAtLeast(buffer.AsSpan(0, sizeof(int)), sizeof(int), throwOnEndOfStream: false) == sizeof(int))
        {
            for (var left = BitConverter.ToInt32(buffer); left > 0;)
            {
                var count = calls.Read(buffer.AsSpan(0, Math.Min(left, buffer.Length)));
                if (count == 0)
                    return;
                left -= count;
            }

            answers.Write(buffer.AsSpan(0, 1));
        }
    }
}
