namespace OutOfProcess;

/// <summary>
/// The floor under every pool of processes: bytes through a plain pipe to another .NET process, which reads them and gives
/// back a single byte. Nothing is named, packed, queued, run, or kept.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class PlainPipe : IDisposable
{
    internal const string Verb = "plain-pipe";

    private readonly PipedProcess _other;

    /// <summary>Starts the other process.</summary>
    /// <exception cref="FileNotFoundException">The worker program is not where the library is; the message says what to do.</exception>
    public PlainPipe()
    {
        var program = WorkerProgram.Find();
        var options = new ProcessPoolOptions();
        _other = PipedProcess.Start(
            control: null, (calls, answers, _) => WorkerProgram.StartInfo(program, options, Verb, calls, answers));
    }

    /// <summary>Sends the bytes, and returns when the other process has read the last of them and said so.</summary>
    /// <exception cref="IOException">The other process is gone.</exception>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BitConverter.TryWriteBytes(length, bytes.Length);
        _other.Calls.Write(length);
        _other.Calls.Write(bytes);
        _other.Answers.ReadExactly(length[..1]);
    }

    /// <summary>Closes the pipe, which ends the other process.</summary>
    public void Dispose()
    {
        _other.Calls.Dispose();
        _other.Process.WaitForExit();
        _other.Dispose();
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
