using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace OutOfProcess;

/// <summary>A frame that waits to be sent, perhaps more than once.</summary>
internal sealed class Frame(byte[] small, Blob[] blobs, long length)
{
    private readonly Lock _pinning = new();
    private readonly List<PinnedGCHandle<Array>> _pins = [];
    private int _holds;

    /// <summary>The frame without its large values.</summary>
    public byte[] Small { get; } = small;

    /// <summary>In bytes, large values included.</summary>
    public long Length { get; } = length;

    /// <summary>A frame without a body.</summary>
    public static Frame Bare(FrameKind kind, long number = 0)
    {
        var writer = new FrameWriter();
        writer.Begin(kind, number);
        return writer.ToFrame();
    }

    /// <summary>Pins the large values, until as many calls of <see cref="Release"/>.</summary>
    public void Hold()
    {
        lock (_pinning)
        {
            if (_holds++ == 0)
                _pins.AddRange(blobs.Select(blob => new PinnedGCHandle<Array>(blob.Array)));
        }
    }

    public void Release()
    {
        lock (_pinning)
        {
            if (--_holds > 0)
                return;
            _pins.ForEach(pin => pin.Dispose());
            _pins.Clear();
        }
    }

    /// <summary>Copies the frame into the stream.</summary>
    public void SendTo(Stream stream) => Send(stream, Small, blobs);

    /// <summary>
    /// Puts the frame into the pipe without copying its large values, where the system can do that. They must be held
    /// until the other end has read them.
    /// </summary>
    public void LendTo(AnonymousPipeServerStream pipe)
    {
        Hold();
        try
        {
            Send(pipe, Small, blobs, lends: true);
        }
        finally
        {
            Release();
        }
    }

    public static void Send(Stream stream, ReadOnlySpan<byte> small, ReadOnlySpan<Blob> blobs, bool lends = false)
    {
        var from = 0;
        foreach (var blob in blobs)
        {
            stream.Write(small[from..blob.At]);
            if (lends)
                ZeroCopyPipe.Write((AnonymousPipeServerStream)stream, blob.Bytes());
            else
                stream.Write(blob.Bytes());
            from = blob.At;
        }

        if (from < small.Length)
            stream.Write(small[from..]);
    }
}

/// <summary>A large array inside a frame: its bytes belong before position <paramref name="At"/> of the small ones.</summary>
/// <param name="At">Where.</param>
/// <param name="Array">Of numbers, or of other values without references.</param>
/// <param name="Length">In bytes.</param>
internal readonly record struct Blob(int At, Array Array, int Length)
{
    public ReadOnlySpan<byte> Bytes() => MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.GetArrayDataReference(Array), Length);
}
