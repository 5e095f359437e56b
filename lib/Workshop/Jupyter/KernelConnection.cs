using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workshop.Jupyter;

/// <summary>
/// The shell channel of a Jupyter kernel: requests and replies, signed (https://jupyter-client.readthedocs.io/en/stable/messaging.html),
/// as messages of ZMTP 3.0 with the NULL mechanism (https://rfc.zeromq.org/spec/23/). So much of it as it takes to see whether a kernel
/// answers; a kernel can be checked where there is no Jupyter, for Visual Studio Code for example.
/// </summary>
internal sealed class KernelConnection : IDisposable
{
    private const byte More = 1, Long = 2, IsCommand = 4;
    private const int GreetingLength = 64;
    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();

    private readonly TcpClient _client;
    private readonly byte[] _key;
    private readonly string _session = Guid.NewGuid().ToString("N");

    private KernelConnection(TcpClient client, string key) => (_client, _key) = (client, Encoding.ASCII.GetBytes(key));

    /// <summary>Connects to the port; a kernel opens it when it has started, so it is tried until then.</summary>
    public static async Task<KernelConnection> ConnectAsync(int port, string key, CancellationToken cancellationToken)
    {
        while (true)
        {
            var client = new TcpClient();
            try
            {
                await client.ConnectAsync("127.0.0.1", port, cancellationToken);
                var connection = new KernelConnection(client, key);
                await connection.GreetAsync(cancellationToken);
                return connection;
            }
            catch (SocketException)
            {
                // Nobody listens yet.
                client.Dispose();
                await Task.Delay(50, cancellationToken);
            }
            catch
            {
                client.Dispose();
                throw;
            }
        }
    }

    /// <summary>Sends a request and returns the content of its reply.</summary>
    public async Task<JsonObject> AskAsync(string request, JsonObject content, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString("N");
        var header = new JsonObject
        {
            ["msg_id"] = id,
            ["session"] = _session,
            ["username"] = "workshop",
            ["date"] = DateTime.UtcNow.ToString("o"),
            ["msg_type"] = request,
            ["version"] = "5.3",
        };
        byte[][] parts = [.. new[] { header, [], [], content }.Select(part => JsonSerializer.SerializeToUtf8Bytes(part))];
        await SendAsync([Delimiter, Encoding.ASCII.GetBytes(Sign(parts)), .. parts], cancellationToken);
        while (true)
        {
            var frames = await ReceiveAsync(cancellationToken);
            var start = frames.FindIndex(frame => frame.AsSpan().SequenceEqual(Delimiter));
            if (start < 0 || frames.Count < start + 6)
                throw new InvalidDataException("The kernel sent a message that is not one of Jupyter's.");
            if ($"{JsonNode.Parse(frames[start + 3])?["msg_id"]}" == id) return JsonNode.Parse(frames[start + 5])!.AsObject();
        }
    }

    public void Dispose() => _client.Dispose();

    private string Sign(byte[][] parts)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        foreach (var part in parts) hmac.AppendData(part);
        return Convert.ToHexStringLower(hmac.GetHashAndReset());
    }

    private async Task GreetAsync(CancellationToken cancellationToken)
    {
        var greeting = new byte[GreetingLength];
        (greeting[0], greeting[8], greeting[9], greeting[10]) = (0xFF, 1, 0x7F, 3);
        "NULL"u8.CopyTo(greeting.AsSpan(12));
        await _client.GetStream().WriteAsync(greeting, cancellationToken);
        await _client.GetStream().ReadExactlyAsync(greeting, cancellationToken);
        if (greeting[10] < 3) throw new InvalidDataException($"The kernel speaks version {greeting[10]} of ZMTP; 3 is needed.");

        // The kernel of .NET Interactive ends itself when the identity is missing, which may be left out by the specification.
        byte[] ready = [5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, 6, .. "DEALER"u8, 8, .. "Identity"u8, 0, 0, 0, 0];
        await WriteFrameAsync(IsCommand, ready, cancellationToken);
        await ReadFrameAsync(cancellationToken);
    }

    private async Task SendAsync(byte[][] frames, CancellationToken cancellationToken)
    {
        for (var i = 0; i < frames.Length; i++) await WriteFrameAsync(i < frames.Length - 1 ? More : (byte)0, frames[i], cancellationToken);
    }

    private async Task<List<byte[]>> ReceiveAsync(CancellationToken cancellationToken)
    {
        var frames = new List<byte[]>();
        while (true)
        {
            var (flags, body) = await ReadFrameAsync(cancellationToken);
            if ((flags & IsCommand) != 0) continue;
            frames.Add(body);
            if ((flags & More) == 0) return frames;
        }
    }

    // A frame that is longer than 255 bytes says so in its flags, and gives its length in eight bytes instead of one.
    private async Task WriteFrameAsync(byte flags, byte[] body, CancellationToken cancellationToken)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, body.Length);
        byte[] frame = body.Length < 256 ? [flags, (byte)body.Length, .. body] : [(byte)(flags | Long), .. length, .. body];
        await _client.GetStream().WriteAsync(frame, cancellationToken);
    }

    private async Task<(byte Flags, byte[] Body)> ReadFrameAsync(CancellationToken cancellationToken)
    {
        var stream = _client.GetStream();
        var head = new byte[1];
        await stream.ReadExactlyAsync(head, cancellationToken);
        var length = new byte[(head[0] & Long) != 0 ? 8 : 1];
        await stream.ReadExactlyAsync(length, cancellationToken);
        var size = length.Length == 1 ? length[0] : BinaryPrimitives.ReadInt64BigEndian(length);
        if (size is < 0 or > 1 << 26) throw new InvalidDataException($"The kernel announced a frame of {size} bytes.");
        var body = new byte[size];
        await stream.ReadExactlyAsync(body, cancellationToken);
        return (head[0], body);
    }
}
