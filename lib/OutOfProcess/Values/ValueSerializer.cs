using System.Runtime.InteropServices;

namespace OutOfProcess;

/// <summary>
/// Carries values between processes. What arrives is what left, or nothing is sent: numbers, strings and arrays of these go as
/// raw bytes, everything else as an <see cref="ObjectGraph"/>.
/// </summary>
internal static class ValueSerializer
{
    // The first byte of a value.
    private const byte Null = 0;
    private const byte Raw = 1;
    private const byte Graph = 2;

    /// <summary>Writes a value; the exception's message says why it cannot cross.</summary>
    /// <exception cref="NotSupportedException">The value cannot cross.</exception>
    public static void Write(FrameWriter writer, object? value, Type type)
    {
        if (value is null)
        {
            writer.Write(Null);
        }
        else if (IsRaw(type) && value.GetType() == type)
        {
            writer.Write(Raw);
            WriteRaw(writer, value);
        }
        else
        {
            // A method of another class, so that a worker which meets only raw values starts without it.
            writer.Write(Graph);
            ObjectGraph.Write(writer, value, type);
        }
    }

    public static object? Read(FrameReader reader, Type type) => reader.Read<byte>() switch
    {
        Null => null,
        Raw when IsRaw(type) => ReadRaw(reader, type),
        Graph => ObjectGraph.Read(reader, type),
        var tag => throw new ProtocolException($"A value of {type} cannot begin with {tag}."),
    };

    /// <summary>Whether a type is a number, a truth value, a character, text, or an array of these.</summary>
    public static bool IsRaw(Type type) => IsSimple(type) || (type.IsSZArray && IsSimple(type.GetElementType()!));

    public static void WriteRaw(FrameWriter writer, object value)
    {
        switch (value)
        {
            case int number: writer.Write(number); break;
            case long number: writer.Write(number); break;
            case double number: writer.Write(number); break;
            case string text: writer.WriteText(text); break;
            case bool flag: writer.Write(flag); break;
            case byte number: writer.Write(number); break;
            case sbyte number: writer.Write(number); break;
            case short number: writer.Write(number); break;
            case ushort number: writer.Write(number); break;
            case uint number: writer.Write(number); break;
            case ulong number: writer.Write(number); break;
            case float number: writer.Write(number); break;
            case char letter: writer.Write(letter); break;
            case decimal number: writer.Write(number); break;
            case nint number: writer.Write(number); break;
            case nuint number: writer.Write(number); break;
            case string?[] texts:
                writer.Write(texts.Length);
                foreach (var text in texts)
                    Write(writer, text, typeof(string));
                break;
            case decimal[] numbers:
                writer.WriteBlob(numbers, numbers.Length * sizeof(decimal));
                break;
            case Array numbers:
                writer.WriteBlob(numbers, Buffer.ByteLength(numbers));
                break;
        }
    }

    public static object ReadRaw(FrameReader reader, Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 => reader.Read<int>(),
        TypeCode.Int64 => reader.Read<long>(),
        TypeCode.Double => reader.Read<double>(),
        TypeCode.String => reader.ReadText(),
        TypeCode.Boolean => reader.Read<bool>(),
        TypeCode.Byte => reader.Read<byte>(),
        TypeCode.SByte => reader.Read<sbyte>(),
        TypeCode.Int16 => reader.Read<short>(),
        TypeCode.UInt16 => reader.Read<ushort>(),
        TypeCode.UInt32 => reader.Read<uint>(),
        TypeCode.UInt64 => reader.Read<ulong>(),
        TypeCode.Single => reader.Read<float>(),
        TypeCode.Char => reader.Read<char>(),
        TypeCode.Decimal => reader.Read<decimal>(),
        _ when type == typeof(nint) => reader.Read<nint>(),
        _ when type == typeof(nuint) => reader.Read<nuint>(),
        _ when type == typeof(byte[]) => reader.ReadBytes(),
        _ => ReadArray(reader, type),
    };

    private static bool IsSimple(Type type) => type.IsPrimitive || type == typeof(string) || type == typeof(decimal);

    private static Array ReadArray(FrameReader reader, Type type)
    {
        var length = reader.ReadLength();
        if (type == typeof(string[]))
        {
            var texts = new string?[length];
            for (var i = 0; i < length; i++)
                texts[i] = (string?)Read(reader, typeof(string));
            return texts;
        }

        var element = type.GetElementType()!;
        var size = element == typeof(bool) ? sizeof(bool) : element == typeof(char) ? sizeof(char) : Marshal.SizeOf(element);
        var numbers = Array.CreateInstanceFromArrayType(type, length / size);
        reader.ReadExactly(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(numbers), length));
        return numbers;
    }
}
