using System.IO.Pipes;

namespace Benchmarks;

/// <summary>
/// The floor under every pool of processes: bytes through a plain pipe to another .NET process, which reads them and gives
/// back a single byte. Nothing is named, packed, queued, run, or kept.
/// </summary>
internal sealed class PlainPipe : IDisposable
{
    public const string Verb = "plain-pipe";

    // As wide as a pool's.
    private const int Capacity = 1 << 20;

    private readonly AnonymousPipeServerStream _bytes = new(PipeDirection.Out, HandleInheritability.Inheritable, Capacity);
    private readonly AnonymousPipeServerStream _answers = new(PipeDirection.In, HandleInheritability.Inheritable, Capacity);
    private readonly Process _other;

    /// <summary>Starts the other process: this program, with the verb.</summary>
    public PlainPipe()
    {
        _other = Process.Start(ThisProgram.With(Verb, _bytes.GetClientHandleAsString(), _answers.GetClientHandleAsString()))!;
        _bytes.DisposeLocalCopyOfClientHandle();
        _answers.DisposeLocalCopyOfClientHandle();
    }

    /// <summary>Sends the bytes, and returns when the other process has read the last of them and said so.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BitConverter.TryWriteBytes(length, bytes.Length);
        _bytes.Write(length);
        _bytes.Write(bytes);
        _answers.ReadExactly(length[..1]);
    }

    /// <summary>Closes the pipe, which ends the other process.</summary>
    public void Dispose()
    {
        _bytes.Dispose();
        _other.WaitForExit();
        _answers.Dispose();
        _other.Dispose();
    }

    /// <summary>The other process: reads whatever comes, until the pipe is closed.</summary>
    public static int Answer(string from, string to)
    {
        using var bytes = new AnonymousPipeClientStream(PipeDirection.In, from);
        using var answers = new AnonymousPipeClientStream(PipeDirection.Out, to);
        var buffer = new byte[Capacity];
        while (bytes.ReadAtLeast(buffer.AsSpan(0, sizeof(int)), sizeof(int), throwOnEndOfStream: false) == sizeof(int))
        {
            for (var left = BitConverter.ToInt32(buffer); left > 0;)
            {
                var count = bytes.Read(buffer.AsSpan(0, Math.Min(left, buffer.Length)));
                if (count == 0)
                    return 1;
                left -= count;
            }

            answers.Write(buffer.AsSpan(0, 1));
        }

        return 0;
    }
}
