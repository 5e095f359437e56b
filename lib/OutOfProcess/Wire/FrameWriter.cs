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

    // Methods of their own for what every frame has; FrameReader says why.
    public void Write(int value) => BitConverter.TryWriteBytes(Reserve(sizeof(int)), value);

    public void Write(long value) => BitConverter.TryWriteBytes(Reserve(sizeof(long)), value);

    public void Write(byte value) => Reserve(1)[0] = value;

    public void Write(bool value) => Write((byte)(value ? 1 : 0));

    public void Write<T>(T value) where T : unmanaged => Unsafe.WriteUnaligned(ref Reserve(Unsafe.SizeOf<T>())[0], value);

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        Write(bytes.Length);
        bytes.CopyTo(Reserve(bytes.Length));
    }

    /// <summary>Writes text as UTF-16, so that every string survives, lone surrogates included.</summary>
    public void WriteText(string text) => WriteBytes(MemoryMarshal.AsBytes(text.AsSpan()));

    /// <summary>Writes an array of numbers, or a boxed (read-only) memory of bytes.</summary>
    public void WriteBlob(object owner)
    {
        var bytes = new Blob(0, owner).Bytes();
        if (bytes.Length < SmallestBlob)
        {
            WriteBytes(bytes);
            return;
        }

        // Memory that is no array has an owner of its own, who may not let it be pinned.
        var isForeign = owner is Memory<byte> memory && !MemoryMarshal.TryGetArray<byte>(memory, out _)
            || owner is ReadOnlyMemory<byte> readOnly && !MemoryMarshal.TryGetArray(readOnly, out _);
        Write(bytes.Length);
        _blobs.Add(new Blob(_length, isForeign ? bytes.ToArray() : owner));
        _blobBytes += bytes.Length;
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
