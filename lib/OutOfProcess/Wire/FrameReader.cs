namespace OutOfProcess;

/// <summary>Reads at least one byte into the destination; zero means that the other end is closed.</summary>
internal delegate int ReadBytes(Span<byte> destination);

/// <summary>Reads frames, and values out of a frame, never beyond its end. What is large goes straight to its place.</summary>
internal sealed class FrameReader(ReadBytes read)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>Whether more has been read than the frames so far.</summary>
    public bool HasMore => _end > _start;

    /// <summary>Bytes of the current frame that have not been read.</summary>
    public int Left { get; private set; }

    /// <summary>Reads the next frame's header; false when the other end closed the pipe between two frames.</summary>
    public bool TryReadHeader(out FrameKind kind, out long number)
    {
        Skip();
        (kind, number) = (default, 0);
        if (!HasMore && !Fill())
            return false;

        Left = Protocol.HeaderLength;
        Span<byte> header = stackalloc byte[Protocol.HeaderLength];
        ReadExactly(header);
        kind = (FrameKind)header[2];
        if (BitConverter.ToUInt16(header) != Protocol.Magic || header[3] != 0 || kind is < FrameKind.Setup or > FrameKind.Skipped)
            throw new ProtocolException($"The pipe delivered 16 bytes that are not a frame header: {Convert.ToHexString(header)}.");
        var length = BitConverter.ToInt32(header[4..]);
        if (length is < 0 or > Protocol.LongestBody)
            throw new ProtocolException($"The frame has {length:N0} bytes; at most {Protocol.LongestBody:N0} are allowed.");

        number = BitConverter.ToInt64(header[8..]);
        Left = length;
        return true;
    }

    // Through pointers and not through the generic methods of the framework: those are not compiled ahead for every type, and a
    // worker would have to compile them when it starts.
    public unsafe T Read<T>() where T : unmanaged
    {
        T value;
        ReadExactly(new Span<byte>(&value, sizeof(T)));
        return value;
    }

    /// <summary>Reads a length, which cannot be more than what is left of the frame.</summary>
    public int ReadLength()
    {
        var length = Read<int>();
        return length >= 0 && length <= Left
            ? length
            : throw new ProtocolException($"A value of {length:N0} bytes was announced in a frame that has {Left:N0} left.");
    }

    public unsafe string ReadText()
    {
        var length = ReadLength();
        var text = new string('\0', length / sizeof(char));
        fixed (char* first = text)
            ReadExactly(new Span<byte>(first, text.Length * sizeof(char)));
        return text;
    }

    /// <summary>Reads exactly as many bytes as the destination has room for.</summary>
    public void ReadExactly(Span<byte> destination)
    {
        if (destination.Length > Left)
            throw new ProtocolException($"{destination.Length:N0} bytes were wanted of a frame that has {Left:N0} left.");

        Left -= destination.Length;
        LargeArrays.Prepare(destination);
        while (destination.Length > 0)
        {
            int count;
            if (!HasMore && destination.Length >= _buffer.Length)
            {
                count = read(destination);
            }
            else
            {
                count = HasMore || Fill() ? Math.Min(destination.Length, _end - _start) : 0;
                _buffer.AsSpan(_start, count).CopyTo(destination);
                _start += count;
            }

            if (count == 0)
                throw new EndOfStreamException("The pipe ended in the middle of a frame.");
            destination = destination[count..];
        }
    }

    /// <summary>Passes over the rest of the current frame.</summary>
    public void Skip()
    {
        Span<byte> unwanted = stackalloc byte[1024];
        while (Left > 0)
            ReadExactly(unwanted[..Math.Min(Left, unwanted.Length)]);
    }

    private bool Fill()
    {
        _start = 0;
        _end = read(_buffer);
        return _end > 0;
    }
}
