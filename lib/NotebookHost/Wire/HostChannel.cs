namespace NotebookHost;

/// <summary>Messages over a pair of pipes, a line of JSON each. Any thread may send; one reads.</summary>
internal sealed class HostChannel(Stream input, Stream output) : IDisposable
{
    private readonly Lock _sending = new();
    private readonly StreamReader _reader = new(input, Encoding.UTF8);

    /// <summary>Sends a message whole, also when the sending thread is being aborted; false when the other side is gone.</summary>
    public bool TrySend(HostMessage message)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(message, HostMessageContext.Default.HostMessage), (byte)'\n'];
        try
        {
            AbortShield.Run((Channel: this, Line: line), static sending => sending.Channel.Write(sending.Line));
            return true;
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Waits for the next message; null when the other side has closed its end.</summary>
    /// <exception cref="InvalidDataException">What came is no message.</exception>
    public HostMessage? Receive()
    {
        if (_reader.ReadLine() is not { } line) return null;
        try
        {
            return JsonSerializer.Deserialize(line, HostMessageContext.Default.HostMessage)
                ?? throw new InvalidDataException("The message is null.");
        }
        catch (Exception noMessage) when (noMessage is JsonException or NotSupportedException)
        {
            throw new InvalidDataException($"Something else wrote into the pipe: '{line[..Math.Min(line.Length, 80)]}'.", noMessage);
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        output.Dispose();
    }

    private void Write(byte[] line)
    {
        lock (_sending)
        {
            output.Write(line);
            output.Flush();
        }
    }
}
