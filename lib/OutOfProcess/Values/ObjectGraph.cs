using System.Reflection;

namespace OutOfProcess;

/// <summary>
/// Carries one value with all that it refers to. Each object travels once, as the type that it is, with every field that it has,
/// private ones too; what refers to it a second time refers to the same object on the other side.
/// </summary>
internal static class ObjectGraph
{
    // The first byte of a value inside a graph: an object of the declared type or of another, one that was there before, or one
    // of the comparers that exist once in each process.
    private const byte Null = 0;
    private const byte AsDeclared = 1;
    private const byte OfType = 2;
    private const byte Again = 3;
    private const byte Comparer = 4;

    // Every level of nesting takes stack on both sides; a deeper graph would end the process.
    private const int Deepest = 256;

    private static readonly object[] Comparers =
    [
        StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase, StringComparer.InvariantCulture,
        StringComparer.InvariantCultureIgnoreCase, ReferenceEqualityComparer.Instance,
    ];

    /// <exception cref="NotSupportedException">Something in it cannot cross; the message says what and why.</exception>
    public static void Write(FrameWriter frame, object value, Type type) => new Writer(frame).Write(value, type);

    public static object? Read(FrameReader frame, Type type)
    {
        var reader = new Reader(frame);
        var value = reader.Read(type);
        reader.FillCollections();
        return value;
    }

    private static Type WithoutNullable(Type type) => type.IsValueType ? Nullable.GetUnderlyingType(type) ?? type : type;

    public sealed class Writer(FrameWriter frame)
    {
        private readonly Dictionary<object, int> _places = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<Type, int> _types = [];
        private int _depth;

        public FrameWriter Frame => frame;

        /// <summary>The field that is being written.</summary>
        public FieldInfo? Field { get; set; }

        /// <summary>The field as a message shows it: <c> (in Order.Log)</c>.</summary>
        public string Where => Field is null ? ""
            : $" (in {TypeRules.NameOf(Field.DeclaringType!)}.{Field.Name.Split('>')[0].TrimStart('<')})";

        public void Write(object? value, Type declared)
        {
            if (value is null)
            {
                frame.Write(Null);
                return;
            }

            var type = value.GetType();
            if (value is StringComparer or ReferenceEqualityComparer && Array.IndexOf(Comparers, value) is var comparer and >= 0)
            {
                frame.Write(Comparer);
                frame.Write((byte)comparer);
                return;
            }

            if (!type.IsValueType && type != typeof(string) && !_places.TryAdd(value, _places.Count))
            {
                frame.Write(Again);
                frame.Write(_places[value]);
                return;
            }

            if (type == declared || type == WithoutNullable(declared))
            {
                frame.Write(AsDeclared);
            }
            else
            {
                frame.Write(OfType);
                WriteType(type);
            }

            if (++_depth > Deepest)
                throw new NotSupportedException($"its objects refer to each other more than {Deepest} deep{Where}; pass them in a list");
            Codec.Of(type).Write(this, value);
            _depth--;
        }

        private void WriteType(Type type)
        {
            if (!_types.TryAdd(type, _types.Count))
            {
                frame.Write(_types[type]);
                return;
            }

            Codec.Of(type).CheckCanCross(this);
            frame.Write(_types.Count - 1);
            TypeName.Write(frame, type);
        }
    }

    public sealed class Reader(FrameReader frame)
    {
        private readonly List<object?> _objects = [];
        private readonly List<Type> _types = [];
        private readonly List<Action> _fills = [];

        public FrameReader Frame => frame;

        public object? Read(Type declared)
        {
            switch (frame.Read<byte>())
            {
                case Null: return null;
                case AsDeclared: return ReadObject(WithoutNullable(declared));
                case OfType: return ReadObject(ReadType());
                case Again: return _objects[frame.Read<int>()];
                case Comparer: return Comparers[frame.Read<byte>()];
                case var tag: throw new ProtocolException($"A value inside an object cannot begin with {tag}.");
            }
        }

        /// <summary>
        /// Fills a collection at the end, when the objects in it are whole: where they are sorted or hashed, it depends on what
        /// they hold.
        /// </summary>
        public void FillLater(Action fill) => _fills.Add(fill);

        /// <summary>Fills the collections, the inner ones first.</summary>
        public void FillCollections()
        {
            for (var i = _fills.Count - 1; i >= 0; i--)
                _fills[i]();
        }

        private object ReadObject(Type type)
        {
            var codec = Codec.Of(type);
            if (type.IsValueType || type == typeof(string))
                return codec.Fill(this, codec.Create(this));

            // Its place comes before those of what it refers to, as the writer counts.
            var place = _objects.Count;
            _objects.Add(null);
            return codec.Fill(this, _objects[place] = codec.Create(this));
        }

        private Type ReadType()
        {
            var place = frame.Read<int>();
            if (place == _types.Count)
                _types.Add(TypeName.Read(frame));
            return _types[place];
        }
    }
}
