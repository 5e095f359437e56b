namespace OutOfProcess;

/// <summary>
/// Carries values between processes. What arrives is what left, or nothing is sent: numbers, strings and arrays of these go as
/// their bytes, everything else as an <see cref="ObjectGraph"/>.
/// </summary>
internal static class ValueSerializer
{
    // The first byte of a value.
    private const byte Null = 0;
    private const byte Simple = 1;
    private const byte Graph = 2;

    /// <summary>Writes a value; the exception's message says why it cannot cross.</summary>
    /// <exception cref="NotSupportedException">The value cannot cross.</exception>
    public static void Write(FrameWriter writer, object? value, Type type)
    {
        if (value is null)
        {
            writer.Write(Null);
        }
        else if (SimpleCodec.Of(type) is { } codec && value.GetType() == type)
        {
            writer.Write(Simple);
            codec.Write(writer, value);
        }
        else
        {
            // A method of another class, so that a worker which meets only simple values starts without it.
            writer.Write(Graph);
            ObjectGraph.Write(writer, value);
        }
    }

    public static object? Read(FrameReader reader, Type type) => reader.Read<byte>() switch
    {
        Null => null,
        Simple when SimpleCodec.Of(type) is { } codec => codec.Read(reader),
        Graph => ObjectGraph.Read(reader),
        var tag => throw new ProtocolException($"A value of {type} cannot begin with {tag}."),
    };
}
