using System.Reflection;

namespace OutOfProcess;

/// <summary>
/// Carries one value with all that it refers to. Each object travels once, as the type that it is, with every field that it has,
/// private ones too; what refers to it a second time refers to the same object on the other side.
/// </summary>
/// <remarks>
/// A value begins with a number: 0 for null, below 0 for an object that was there before, above 0 for a type, which is described
/// where it comes for the first time.
/// </remarks>
internal static class ObjectGraph
{
    // Every level of nesting takes stack on both sides; a deeper graph would end the process.
    private const int Deepest = 256;

    // Objects that exist once in each process: they count as objects that were there before.
    private static readonly object[] Comparers =
    [
        StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase, StringComparer.InvariantCulture,
        StringComparer.InvariantCultureIgnoreCase, ReferenceEqualityComparer.Instance,
    ];

    /// <exception cref="NotSupportedException">Something in it cannot cross; the message says what and why.</exception>
    public static void Write(FrameWriter frame, object value) => new Writer(frame).Write(value);

    public static object? Read(FrameReader frame)
    {
        var reader = new Reader(frame);
        var value = reader.Read();
        reader.FillCollections();
        return value;
    }

    // Of two equal texts nobody asks whether they are one.
    private static bool IsShared(Type type) => !type.IsValueType && type != typeof(string);

    public sealed class Writer
    {
        private readonly Dictionary<object, int> _places = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<Type, int> _types = [];
        private int _depth;

        public Writer(FrameWriter frame)
        {
            Frame = frame;
            foreach (var comparer in Comparers)
                _places.Add(comparer, _places.Count);
        }

        public FrameWriter Frame { get; }

        /// <summary>The field that is being written.</summary>
        public FieldInfo? Field { get; set; }

        /// <summary>The field as a message shows it: <c> (in Order.Log)</c>.</summary>
        public string Where => Field is null ? ""
            : $" (in {TypeRules.NameOf(Field.DeclaringType!)}.{Field.Name.Split('>')[0].TrimStart('<')})";

        public void Write(object? value)
        {
            if (value is null)
            {
                Frame.Write(0);
                return;
            }

            var type = value.GetType();
            if (IsShared(type) && !_places.TryAdd(value, _places.Count))
            {
                Frame.Write(~_places[value]);
                return;
            }

            var codec = Codec.Of(type);
            if (_types.TryAdd(type, _types.Count + 1))
            {
                codec.CheckCanCross(this);
                Frame.Write(_types.Count);
                Frame.WriteText(TypeName.TextOf(type));
            }
            else
            {
                Frame.Write(_types[type]);
            }

            if (++_depth > Deepest)
                throw new NotSupportedException($"its objects refer to each other more than {Deepest} deep{Where}; pass them in a list");
            codec.Write(this, value);
            _depth--;
        }
    }

    public sealed class Reader(FrameReader frame)
    {
        private readonly List<object?> _objects = [.. Comparers];
        private readonly List<Type> _types = [];
        private readonly List<Action> _fills = [];

        public FrameReader Frame => frame;

        public object? Read()
        {
            var number = frame.Read<int>();
            if (number <= 0)
                return number == 0 ? null : _objects[~number];
            if (number > _types.Count)
                _types.Add(TypeName.Parse(frame.ReadText()));
            var type = _types[number - 1];
            var codec = Codec.Of(type);
            if (!IsShared(type))
                return codec.Fill(this, codec.Create(this));

            // Its place comes before those of what it refers to, as the writer counts.
            var place = _objects.Count;
            _objects.Add(null);
            return codec.Fill(this, _objects[place] = codec.Create(this));
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
    }
}
