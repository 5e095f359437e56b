using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace OutOfProcess;

/// <summary>A frame that waits to be sent, perhaps more than once.</summary>
internal sealed class Frame(byte[] small, Blob[] blobs, long length)
{
    private PinnedGCHandle<Array>[] _pins = [];
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

    /// <summary>Pins the large values, until as many calls of <see cref="Release"/>. Both under the pool's gate.</summary>
    public void Hold()
    {
        if (_holds++ == 0)
            _pins = Array.ConvertAll(blobs, blob => new PinnedGCHandle<Array>(blob.Array));
    }

    public void Release()
    {
        if (--_holds == 0)
            Array.ForEach(_pins, pin => pin.Dispose());
    }

    /// <summary>Copies the frame into the stream.</summary>
    public void SendTo(Stream stream) => Send(stream, lends: false);

    /// <summary>
    /// Puts the frame into the pipe without copying its large values, where the system can do that. They must be held
    /// until the other end has read them.
    /// </summary>
    public void LendTo(AnonymousPipeServerStream pipe) => Send(pipe, lends: true);

    private void Send(Stream stream, bool lends)
    {
        var from = 0;
        foreach (var blob in blobs)
        {
            stream.Write(Small.AsSpan(from..blob.At));
            if (lends)
                ZeroCopyPipe.Write((AnonymousPipeServerStream)stream, blob.Bytes());
            else
                stream.Write(blob.Bytes());
            from = blob.At;
        }

        if (from < Small.Length)
            stream.Write(Small.AsSpan(from));
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
