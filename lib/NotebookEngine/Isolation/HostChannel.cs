using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace NotebookEngine;

/// <summary>
/// Messages over a pair of pipes: a length of four bytes, least significant first, then as much UTF-8 JSON. Any thread
/// may send; one reads.
/// </summary>
internal sealed class HostChannel(Stream input, Stream output) : IDisposable
{
    /// <summary>
    /// The longest message accepted. It only has to be longer than any output that a notebook can sensibly hold, and
    /// short enough that four bytes of garbage do not make the reader wait for gigabytes.
    /// </summary>
    internal const int MaxLength = 256 << 20;

    private readonly Lock _sending = new();

    /// <summary>Sends a message whole, also when the sending thread is being aborted.</summary>
    /// <exception cref="IOException">The other side is gone.</exception>
    public void Send(HostMessage message)
    {
        AbortShield.Run((Channel: this, Message: message), static sending => sending.Channel.SendWhole(sending.Message));
    }

    /// <summary>Waits for the next message; null when the other side has closed its end.</summary>
    /// <exception cref="InvalidDataException">What came is no message.</exception>
    public HostMessage? Receive()
    {
        var head = new byte[sizeof(int)];
        var got = input.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        if (got == 0) return null;
        if (got < head.Length) throw new InvalidDataException($"The connection ended after {got} bytes of a message's length.");

        var length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is <= 0 or > MaxLength)
        {
            throw new InvalidDataException(
                $"A message of {length:N0} bytes was announced, where 1 to {MaxLength:N0} are possible: something else wrote into the pipe.");
        }

        var body = new byte[length];
        got = input.ReadAtLeast(body, length, throwOnEndOfStream: false);
        if (got < length) throw new InvalidDataException($"The connection ended after {got:N0} of a message's {length:N0} bytes.");
        try
        {
            return JsonSerializer.Deserialize(body, HostMessageContext.Default.HostMessage)
                ?? throw new InvalidDataException("The message is null.");
        }
        catch (JsonException notJson)
        {
            var start = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 80)));
            throw new InvalidDataException($"What came is not a message: '{start}'.", notJson);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        input.Dispose();
        output.Dispose();
    }

    private void SendWhole(HostMessage message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message, HostMessageContext.Default.HostMessage);
        if (body.Length > MaxLength) throw new InvalidDataException($"A message of {body.Length:N0} bytes is longer than {MaxLength:N0}.");
        var frame = new byte[sizeof(int) + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, body.Length);
        body.CopyTo(frame, sizeof(int));
        lock (_sending)
        {
            output.Write(frame);
            output.Flush();
        }
    }
}
