namespace OutOfProcess;

/// <summary>
/// What pool and worker agree on. A frame is a header of 16 bytes (2 bytes of magic, kind, zero, 4 bytes of body length,
/// 8 bytes of call number; the machine's byte order, since both ends are the same machine) and its body.
/// </summary>
internal static class Protocol
{
    public const ushort Magic = 0x01C7;
    public const int HeaderLength = 16;

    /// <summary>Largest body, in bytes: what is longer is a mistake or garbage, and is refused on both ends.</summary>
    public const int LongestBody = 1 << 30;

    /// <summary>
    /// Calls that one worker may hold, the running one included. Fewer would leave a worker waiting for its next call
    /// between short ones; more would only give idle workers more to take back.
    /// </summary>
    public const int Slots = 64;

    /// <summary>
    /// Bytes that may wait unread in a worker's call pipe. Below every platform's pipe capacity, so that writing a call
    /// never blocks the thread that submits it; a longer call is written by a thread of its own, to an idle worker only.
    /// </summary>
    public const int Window = 16 * 1024;

    /// <summary>Wished capacity of the pipes, in bytes; a smaller one only costs speed with large values.</summary>
    public const int PipeCapacity = 1 << 20;

    // Exit codes of the worker program, beyond the reach of signals (128 + n) and of common shells' codes.
    public const int ExitOnGarbage = 76;
    public const int ExitOnFailedStart = 78;

    /// <summary>
    /// The number that these digits are. The framework's parser would first load the rules of all cultures, a tenth of a
    /// worker's start.
    /// </summary>
    public static int ParseNumber(string digits)
    {
        var number = 0;
        foreach (var digit in digits)
            number = (10 * number) + (digit - '0');
        return number;
    }
}

/// <summary>Kinds of frames; the first four go to the worker, the others come from it.</summary>
internal enum FrameKind : byte
{
    Setup = 1,
    Define,
    Call,
    Exit,
    Ready,
    Result,
    Failure,
    Skipped,
}

/// <summary>The other end of a pipe sent what is no frame of the protocol.</summary>
internal sealed class ProtocolException(string message) : Exception(message);
