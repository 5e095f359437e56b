using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OutOfProcess;

/// <summary>
/// Builds frames. Small values are copied, large arrays only remembered: they go from the caller's memory straight into
/// the pipe. Not thread-safe.
/// </summary>
internal sealed class FrameWriter
{
    // Copying is cheaper than a system call of its own up to about this many bytes.
    private const int SmallestBlob = 8 * 1024;

    private readonly List<Blob> _blobs = [];
    private byte[] _bytes = new byte[512];
    private int _length;
    private long _blobBytes;

    public void Begin(FrameKind kind, long number = 0)
    {
        _blobs.Clear();
        _blobBytes = 0;
        _length = Protocol.HeaderLength;
        _bytes[0] = Protocol.Magic;
        _bytes[1] = Protocol.Version;
        _bytes[2] = (byte)kind;
        _bytes[3] = 0;
        Unsafe.WriteUnaligned(ref _bytes[8], number);
    }

    // Through pointers; FrameReader says why.
    public unsafe void Write<T>(T value) where T : unmanaged => new ReadOnlySpan<byte>(&value, sizeof(T)).CopyTo(Reserve(sizeof(T)));

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Write(bytes.Length);
        bytes.CopyTo(Reserve(bytes.Length));
    }

    /// <summary>Writes text as UTF-16, so that every string survives, lone surrogates included.</summary>
    public void WriteText(string text) => WriteBytes(MemoryMarshal.AsBytes(text.AsSpan()));

    /// <summary>Writes the bytes of an array whose elements hold no references.</summary>
    public void WriteBlob(Array array, int length)
    {
        var blob = new Blob(_length + sizeof(int), array, length);
        if (length < SmallestBlob)
        {
            WriteBytes(blob.Bytes());
            return;
        }

        Write(length);
        _blobs.Add(blob);
        _blobBytes += length;
    }

    /// <summary>Ends the frame and copies what is small of it.</summary>
    /// <exception cref="ArgumentException">The frame is longer than the protocol allows.</exception>
    public Frame ToFrame()
    {
        WriteLength();
        return new Frame(_bytes.AsSpan(0, _length).ToArray(), _blobs.Count == 0 ? [] : [.. _blobs], _length + _blobBytes);
    }

    /// <summary>Ends the frame and writes it at once.</summary>
    public void SendTo(Stream stream)
    {
        WriteLength();
        Frame.Send(stream, _bytes.AsSpan(0, _length), CollectionsMarshal.AsSpan(_blobs));
    }

    private void WriteLength()
    {
        var body = _length + _blobBytes - Protocol.HeaderLength;
        if (body > Protocol.LongestBody)
        {
            throw new ArgumentException(
                $"{body:N0} bytes are more than the {Protocol.LongestBody:N0} that one call can carry; "
                + "send the path of a file instead, or several smaller parts.");
        }

        Unsafe.WriteUnaligned(ref _bytes[4], (int)body);
    }

    private Span<byte> Reserve(int count)
    {
        if (_bytes.Length - _length < count)
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(_bytes.Length * 2L, (long)_length + count), Array.MaxLength));

        var free = _bytes.AsSpan(_length, count);
        _length += count;
        return free;
    }
}
