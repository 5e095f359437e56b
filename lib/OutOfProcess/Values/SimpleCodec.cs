namespace OutOfProcess;

/// <summary>Carries values that refer to nothing: numbers, strings, and arrays of these.</summary>
internal abstract class SimpleCodec
{
    private static readonly Dictionary<Type, SimpleCodec> Known = MakeAll();

    public static SimpleCodec? Of(Type type) => Known.GetValueOrDefault(type);

    public abstract void Write(FrameWriter writer, object value);

    public abstract object Read(FrameReader reader);

    // Each type by its name, so that all of it is compiled ahead of time.
    private static Dictionary<Type, SimpleCodec> MakeAll()
    {
        var codecs = new Dictionary<Type, SimpleCodec> { [typeof(string)] = new Text(), [typeof(string[])] = new Texts() };
        Add<bool>();
        Add<char>();
        Add<byte>();
        Add<sbyte>();
        Add<short>();
        Add<ushort>();
        Add<int>();
        Add<uint>();
        Add<long>();
        Add<ulong>();
        Add<nint>();
        Add<nuint>();
        Add<float>();
        Add<double>();
        Add<decimal>();
        return codecs;

        void Add<T>() where T : unmanaged => (codecs[typeof(T)], codecs[typeof(T[])]) = (new Plain<T>(), new PlainArray<T>());
    }

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
