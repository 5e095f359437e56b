using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OutOfProcess;

/// <summary>
/// Carries values between processes by their declared type: numbers, strings, bytes and arrays of these as raw bytes,
/// everything else as JSON (public properties and fields).
/// </summary>
internal static class ValueSerializer
{
    private const byte Null = 0;
    private const byte Raw = 1;
    private const byte Json = 2;

    // Reading back what was written finds the types that JSON loses silently, a read-only property for one. It is done
    // for the first few values of a type, not for ever: it costs as much again as the value itself.
    private const int Verified = 8;

    private static readonly Dictionary<Type, int> Seen = [];

    /// <summary>Writes a value; the exception's message says why it cannot cross.</summary>
    /// <exception cref="NotSupportedException">The value cannot be serialised.</exception>
    public static void Write(FrameWriter writer, object? value, Type type)
    {
        if (value is null)
        {
            writer.Write(Null);
        }
        else if (!IsRaw(type))
        {
            writer.Write(Json);
            writer.WriteBytes(JsonText.Write(value, type));
        }
        else
        {
            writer.Write(Raw);
            WriteRaw(writer, value, type);
        }
    }

    public static object? Read(FrameReader reader, Type type) => reader.ReadByte() switch
    {
        Null => null,
        Raw when IsRaw(type) => ReadRaw(reader, type),
        Json => JsonText.Read(reader.ReadBytes(), type),
        var tag => throw new ProtocolException($"A value of {type} cannot begin with {tag}."),
    };

    private static bool IsRaw(Type type) =>
        type.IsPrimitive || type == typeof(string) || type == typeof(decimal) || IsMemory(type)
        || (type.IsSZArray && IsRaw(type.GetElementType()!));

    private static bool IsMemory(Type type) => type == typeof(Memory<byte>) || type == typeof(ReadOnlyMemory<byte>);

    private static void WriteRaw(FrameWriter writer, object value, Type type)
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
            case Array array when !type.GetElementType()!.IsPrimitive:
                writer.Write(array.Length);
                foreach (var item in array)
                    Write(writer, item, type.GetElementType()!);
                break;
            default: writer.WriteBlob(value); break;
        }
    }

    private static object ReadRaw(FrameReader reader, Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Int32 => reader.ReadInt32(),
        TypeCode.Int64 => reader.ReadInt64(),
        TypeCode.Double => reader.Read<double>(),
        TypeCode.String => reader.ReadText(),
        TypeCode.Boolean => reader.ReadBoolean(),
        TypeCode.Byte => reader.ReadByte(),
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
        _ when type == typeof(Memory<byte>) => new Memory<byte>(reader.ReadBytes()),
        _ when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>(reader.ReadBytes()),
        _ => ReadArray(reader, type),
    };

    private static Array ReadArray(FrameReader reader, Type type)
    {
        var element = type.GetElementType()!;
        var length = reader.ReadLength();
        if (element.IsPrimitive)
        {
            var size = element == typeof(bool) ? 1 : element == typeof(char) ? 2 : Marshal.SizeOf(element);
            var numbers = Array.CreateInstanceFromArrayType(type, length / size);
            reader.ReadExactly(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(numbers), length));
            return numbers;
        }

        var array = Array.CreateInstanceFromArrayType(type, length);
        for (var i = 0; i < length; i++)
            array.SetValue(Read(reader, element), i);
        return array;
    }

    // A class of its own, so that a worker which never meets JSON never loads the serialiser: that is a third of its start.
    private static class JsonText
    {
        private static readonly JsonSerializerOptions Options = new()
        {
            IncludeFields = true,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            MaxDepth = 256,
        };

        public static byte[] Write(object value, Type type)
        {
            if (type == typeof(object))
            {
                throw new NotSupportedException(
                    "its declared type is object, and the other process could not tell what it was; declare the type itself");
            }

            if (value is Delegate or Type or Stream or Task)
                throw new NotSupportedException($"a {value.GetType().Name} has a meaning only in its own process");

            byte[] text;
            try
            {
                text = JsonSerializer.SerializeToUtf8Bytes(value, type, Options);
                if (MustVerify(type) && !text.AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(Read(text, type), type, Options)))
                {
                    throw new NotSupportedException(
                        "it comes back changed from JSON, as read-only properties do; "
                        + "use settable properties, a record, or an array of numbers");
                }
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
            {
                throw new NotSupportedException(error.Message, error);
            }

            return text;
        }

        public static object? Read(byte[] text, Type type) => JsonSerializer.Deserialize(text, type, Options);

        private static bool MustVerify(Type type)
        {
            lock (Seen)
            {
                ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(Seen, type, out _);
                return count < Verified && count++ < Verified;
            }
        }
    }
}
