namespace OutOfProcess;

/// <summary>Carries values that refer to nothing: numbers, strings, and arrays of these.</summary>
internal abstract class SimpleCodec : Codec
{
    // One for each thread: neither a lock in every call, nor a library that a worker would have to load for it.
    [ThreadStatic]
    private static Dictionary<Type, SimpleCodec?>? _known;

    /// <summary>The codec of a type; null when the type is not simple.</summary>
    public static new SimpleCodec? Of(Type type)
    {
        var known = _known ??= [];
        if (!known.TryGetValue(type, out var codec))
            known[type] = codec = Make(type);
        return codec;
    }

    public abstract void Write(FrameWriter writer, object value);

    public abstract object Read(FrameReader reader);

    public sealed override void Write(ObjectGraph.Writer writer, object value) => Write(writer.Frame, value);

    public sealed override object Create(ObjectGraph.Reader reader) => Read(reader.Frame);

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
        public override void Write(FrameWriter writer, object value) =>
            writer.WriteBlob((T[])value, (long)sizeof(T) * ((T[])value).Length);

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
