namespace Benchmarks;

/// <summary>
/// The floor under every pool of processes: 64 bytes, and before them their number, through a plain pipe to another .NET process, which
/// reads them and gives back a single byte. Nothing is named, packed, queued, run, or kept.
/// </summary>
internal sealed class PlainPipe : IDisposable
{
    public const string Verb = "plain-pipe";

    private readonly byte[] _message = new byte[64];
    private readonly Process _other = ThisProgram.Start("", Verb);

    /// <summary>Sends the bytes, and returns when the other process has read the last of them and said so.</summary>
    public void Send()
    {
        _other.StandardInput.BaseStream.Write(_message, 0, sizeof(int));
        _other.StandardInput.BaseStream.Write(_message);
        _other.StandardOutput.BaseStream.ReadExactly(_message, 0, 1);
    }

    /// <summary>Closes the pipe, which ends the other process.</summary>
    public void Dispose()
    {
        _other.StandardInput.Close();
        _other.WaitForExit();
        _other.Dispose();
    }

    /// <summary>The other process: answers until the pipe is closed.</summary>
    public static int Answer()
    {
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        var message = new byte[64];
        while (input.ReadAtLeast(message.AsSpan(0, sizeof(int)), sizeof(int), throwOnEndOfStream: false) == sizeof(int))
        {
            input.ReadExactly(message);
            output.Write(message, 0, 1);
        }

        return 0;
    }
}
