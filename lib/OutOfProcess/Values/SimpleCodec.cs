using System.Collections.Concurrent;

namespace OutOfProcess;

/// <summary>Carries values that refer to nothing: numbers, strings, and arrays of these.</summary>
internal abstract class SimpleCodec
{
    private static readonly ConcurrentDictionary<Type, SimpleCodec?> Known = new();

    /// <summary>The codec of a type; null when the type is not simple.</summary>
    public static SimpleCodec? Of(Type type) => Known.TryGetValue(type, out var codec) ? codec : Known.GetOrAdd(type, Make);

    public abstract void Write(FrameWriter writer, object value);

    public abstract object Read(FrameReader reader);

    // Each type by its name, so that all of it is compiled ahead of time.
    private static SimpleCodec? Make(Type type) =>
        type == typeof(string) ? new Text()
        : type == typeof(string[]) ? new Texts()
        : Of<int>(type) ?? Of<long>(type) ?? Of<double>(type) ?? Of<byte>(type) ?? Of<bool>(type) ?? Of<char>(type) ?? Of<float>(type)
        ?? Of<sbyte>(type) ?? Of<short>(type) ?? Of<ushort>(type) ?? Of<uint>(type) ?? Of<ulong>(type) ?? Of<decimal>(type)
        ?? Of<nint>(type) ?? Of<nuint>(type);

    private static SimpleCodec? Of<T>(Type type) where T : unmanaged =>
        type == typeof(T) ? new Plain<T>() : type == typeof(T[]) ? new PlainArray<T>() : null;

    /// <summary>A number, or a structure of numbers.</summary>
    public sealed class Plain<T> : SimpleCodec where T : unmanaged
    {
        public override void Write(FrameWriter writer, object value) => writer.Write((T)value);

        public override object Read(FrameReader reader) => reader.Read<T>();
    }

    /// <summary>An array of numbers, or of structures of numbers.</summary>
    public sealed unsafe class PlainArray<T> : SimpleCodec where T : unmanaged
    {
        public override void Write(FrameWriter writer, object value)
        {
            var bytes = (long)sizeof(T) * ((T[])value).Length;
            if (bytes > Protocol.LongestBody)
                throw new NotSupportedException($"it has {bytes:N0} bytes, and one call carries at most {Protocol.LongestBody:N0}");
            writer.WriteBlob((T[])value, (int)bytes);
        }

        public override object Read(FrameReader reader)
        {
            var length = reader.ReadLength();
            var array = LargeArrays.Allocate<T>(length / sizeof(T));
            fixed (T* start = array)
                reader.ReadExactly(new Span<byte>(start, length));
            return array;
        }
    }

    private sealed class Text : SimpleCodec
    {
        public override void Write(FrameWriter writer, object value) => writer.WriteText((string)value);

        public override object Read(FrameReader reader) => reader.ReadText();
    }

    private sealed class Texts : SimpleCodec
    {
        public override void Write(FrameWriter writer, object value)
        {
            writer.Write(((string?[])value).Length);
            foreach (var text in (string?[])value)
            {
                writer.Write(text is not null);
                if (text is not null)
                    writer.WriteText(text);
            }
        }

        public override object Read(FrameReader reader)
        {
            var texts = new string?[reader.ReadLength()];
            for (var i = 0; i < texts.Length; i++)
                texts[i] = reader.Read<bool>() ? reader.ReadText() : null;
            return texts;
        }
    }
}
