using System.IO.Pipes;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OutOfProcess;

/// <summary>
/// One frame: it is written, then sent, perhaps more than once. Small values are copied, large arrays only remembered: they go
/// from the caller's memory straight into the pipe.
/// </summary>
internal sealed class Frame
{
    // Copying is cheaper than a system call of its own up to about this many bytes.
    private const int SmallestBlob = 8 * 1024;

    // Each belongs before a position of the small bytes. Most frames have none.
    private List<(int At, Array Array, int Length)>? _blobs;
    private PinnedGCHandle<Array>[]? _pins;
    private byte[] _bytes = new byte[48];
    private int _length = Protocol.HeaderLength;
    private long _blobBytes;
    private int _holds;

    public Frame(FrameKind kind, long number = 0)
    {
        Unsafe.WriteUnaligned(ref _bytes[0], Protocol.Magic);
        _bytes[2] = (byte)kind;
        SetNumber(number);
    }

    /// <summary>In bytes, large values included.</summary>
    public long Length => _length + _blobBytes;

    public void SetNumber(long number) => Unsafe.WriteUnaligned(ref _bytes[8], number);

    // Through pointers; FrameReader says why.
    public unsafe void Write<T>(T value) where T : unmanaged => Append(new ReadOnlySpan<byte>(&value, sizeof(T)));

    /// <summary>Writes text as UTF-16, so that every string survives, lone surrogates included.</summary>
    public void WriteText(string text)
    {
        WriteLength((long)sizeof(char) * text.Length);
        Append(MemoryMarshal.AsBytes(text.AsSpan()));
    }

    /// <summary>Writes the bytes of an array whose elements hold no references.</summary>
    /// <exception cref="NotSupportedException">They are more than one frame can hold.</exception>
    public void WriteArray(Array array, long length)
    {
        WriteLength(length);
        if (length < SmallestBlob)
        {
            Append(BytesOf(array, (int)length));
            return;
        }

        (_blobs ??= []).Add((_length, array, (int)length));
        _blobBytes += length;
    }

    /// <summary>Pins the large arrays, until as many calls of <see cref="Release"/>. Both under the pool's gate.</summary>
    public void Hold()
    {
        if (_holds++ == 0)
            _pins = [.. (_blobs ?? []).Select(blob => new PinnedGCHandle<Array>(blob.Array))];
    }

    public void Release()
    {
        if (--_holds == 0)
            Array.ForEach(_pins!, pin => pin.Dispose());
    }

    /// <summary>
    /// Copies the frame into a stream; or lends its large arrays to a pipe, where the system can do that, and they must be held
    /// until the other end has read them.
    /// </summary>
    public void SendTo(Stream stream, bool lends = false)
    {
        Unsafe.WriteUnaligned(ref _bytes[4], (int)(Length - Protocol.HeaderLength));
        var from = 0;
        for (var i = 0; i < _blobs?.Count; i++)
        {
            var (at, array, length) = _blobs[i];
            stream.Write(_bytes, from, at - from);
            if (lends)
                ZeroCopyPipe.Write((AnonymousPipeServerStream)stream, BytesOf(array, length));
            else
                stream.Write(BytesOf(array, length));
            from = at;
        }

        stream.Write(_bytes, from, _length - from);
    }

    private static ReadOnlySpan<byte> BytesOf(Array array, int length) =>
        MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(array), length);

    private void WriteLength(long length)
    {
        CheckRoom(sizeof(int) + length);
        Write((int)length);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        CheckRoom(bytes.Length);
        if (_bytes.Length - _length < bytes.Length)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    private void CheckRoom(long count)
    {
        if (Length + count - Protocol.HeaderLength > Protocol.LongestBody)
        {
            throw new NotSupportedException(
                $"it takes more than the {Protocol.LongestBody:N0} bytes that one call can carry; "
                + "send the path of a file instead, or several smaller parts");
        }
    }
}
