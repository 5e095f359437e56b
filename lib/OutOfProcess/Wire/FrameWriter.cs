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
        Unsafe.WriteUnaligned(ref _bytes[0], Protocol.Magic);
        _bytes[2] = (byte)kind;
        _bytes[3] = 0;
        Unsafe.WriteUnaligned(ref _bytes[8], number);
    }

    // Through pointers; FrameReader says why.
    public unsafe void Write<T>(T value) where T : unmanaged => new ReadOnlySpan<byte>(&value, sizeof(T)).CopyTo(Reserve(sizeof(T)));

    /// <summary>Writes text as UTF-16, so that every string survives, lone surrogates included.</summary>
    public void WriteText(string text)
    {
        CheckRoom((long)sizeof(char) * text.Length);
        WriteBytes(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    /// <summary>Writes the bytes of an array whose elements hold no references.</summary>
    /// <exception cref="NotSupportedException">They are more than one frame can hold.</exception>
    public void WriteBlob(Array array, long length)
    {
        CheckRoom(length);
        var blob = new Blob(_length + sizeof(int), array, (int)length);
        if (length < SmallestBlob)
        {
            WriteBytes(blob.Bytes());
            return;
        }

        Write((int)length);
        _blobs.Add(blob);
        _blobBytes += length;
    }

    /// <summary>Ends the frame and copies what is small of it.</summary>
    public Frame ToFrame()
    {
        Unsafe.WriteUnaligned(ref _bytes[4], (int)(_length + _blobBytes - Protocol.HeaderLength));
        return new Frame(_bytes.AsSpan(0, _length).ToArray(), _blobs.Count == 0 ? [] : [.. _blobs], _length + _blobBytes);
    }

    private void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Write(bytes.Length);
        bytes.CopyTo(Reserve(bytes.Length));
    }

    private Span<byte> Reserve(int count)
    {
        CheckRoom(count);
        if (_bytes.Length - _length < count)
            Array.Resize(ref _bytes, (int)Math.Min(Math.Max(_bytes.Length * 2L, (long)_length + count), Array.MaxLength));

        var free = _bytes.AsSpan(_length, count);
        _length += count;
        return free;
    }

    private void CheckRoom(long count)
    {
        if (_length + _blobBytes + count - Protocol.HeaderLength > Protocol.LongestBody)
        {
            throw new NotSupportedException(
                $"it takes more than the {Protocol.LongestBody:N0} bytes that one call can carry; "
                + "send the path of a file instead, or several smaller parts");
        }
    }
}
