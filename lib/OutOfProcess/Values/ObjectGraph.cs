using System.Reflection;

namespace OutOfProcess;

/// <summary>
/// Carries one value with all that it refers to: what arrives is what left, or nothing is sent. Each object travels once, as the
/// type that it is, with every field that it has, private ones too; what refers to it a second time refers to the same object on
/// the other side.
/// </summary>
/// <remarks>
/// A value begins with a number: 0 for null, below 0 for an object that was there before, above 0 for a type. The first two types
/// are the one that both sides expect, and text; others are described where they come for the first time.
/// </remarks>
internal static class ObjectGraph
{
    private const int KnownTypes = 2;

    // Every level of nesting takes stack on both sides; a deeper graph would end the process.
    private const int Deepest = 256;

    // Objects that exist once in each process: they count as objects that were there before.
    private static object[] Comparers =>
    [
        StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase, StringComparer.InvariantCulture,
        StringComparer.InvariantCultureIgnoreCase, ReferenceEqualityComparer.Instance,
    ];

    /// <exception cref="NotSupportedException">Something in it cannot cross; the message says what and why.</exception>
    public static void Write(Frame frame, object? value, Type expected) => new Writer(frame, expected).Write(value);

    public static object? Read(FrameReader frame, Type expected)
    {
        var reader = new Reader(frame, expected);
        var value = reader.Read();
        reader.FillCollections();
        return value;
    }

    // Of two equal texts nobody asks whether they are one.
    private static bool IsShared(Type type) => !type.IsValueType && type != typeof(string);

    public sealed class Writer(Frame frame, Type expected)
    {
        private readonly Dictionary<Type, int> _types = [];
        private int _depth;

        public Frame Frame => frame;

        /// <summary>The field that is being written.</summary>
        public FieldInfo? Field { get; set; }

        /// <summary>The field as a message shows it: <c> (in Order.Log)</c>.</summary>
        public string Where => Field is null ? ""
            : $" (in {TypeRules.NameOf(Field.DeclaringType!)}.{Field.Name.Split('>')[0].TrimStart('<')})";

        private Dictionary<object, int> Places => field ??= PlacesOf(Comparers);

        public void Write(object? value)
        {
            if (value is null)
            {
                frame.Write(0);
                return;
            }

            var type = value.GetType();
            if (IsShared(type) && !Places.TryAdd(value, Places.Count))
            {
                frame.Write(~Places[value]);
                return;
            }

            var codec = Codec.Of(type);
            codec.CheckCanCross(this);
            if (type == expected || type == typeof(string))
            {
                frame.Write(type == expected ? 1 : 2);
            }
            else if (_types.TryAdd(type, KnownTypes + _types.Count + 1))
            {
                frame.Write(KnownTypes + _types.Count);
                frame.WriteText(TypeName.TextOf(type));
            }
            else
            {
                frame.Write(_types[type]);
            }

            if (++_depth > Deepest)
                throw new NotSupportedException($"its objects refer to each other more than {Deepest} deep{Where}; pass them in a list");
            codec.Write(this, value);
            _depth--;
        }

        private static Dictionary<object, int> PlacesOf(object[] objects)
        {
            var places = new Dictionary<object, int>(ReferenceEqualityComparer.Instance);
            foreach (var each in objects)
                places.Add(each, places.Count);
            return places;
        }
    }

    public sealed class Reader(FrameReader frame, Type expected)
    {
        private readonly List<Type> _types = [expected, typeof(string)];
        private readonly List<Action> _fills = [];

        public FrameReader Frame => frame;

        private List<object?> Objects => field ??= [.. Comparers];

        public object? Read()
        {
            var number = frame.Read<int>();
            if (number <= 0)
                return number == 0 ? null : Objects[~number];
            if (number > _types.Count)
                _types.Add(TypeName.Parse(frame.ReadText()));
            var type = _types[number - 1];
            var codec = Codec.Of(type);
            if (!IsShared(type))
                return codec.Fill(this, codec.Create(this));

            // Its place comes before those of what it refers to, as the writer counts.
            var place = Objects.Count;
            Objects.Add(null);
            return codec.Fill(this, Objects[place] = codec.Create(this));
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
