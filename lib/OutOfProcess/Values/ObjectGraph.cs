using System.Reflection;

namespace OutOfProcess;

/// <summary>
/// Carries one value with all that it refers to: what arrives is what left, or nothing is sent. Each object travels once, as the
/// type that it is, with every field that it has, private ones too; what refers to it a second time refers to the same object on
/// the other side.
/// </summary>
/// <remarks>
/// A value begins with a number: below 0 for an object that was there before, 0 for null, 1 for text, 2 for the type that both sides
/// expect, and more for other types, each of which is described where it comes for the first time.
/// </remarks>
internal static class ObjectGraph
{
    private const int Null = 0;
    private const int Text = 1;
    private const int Expected = 2;

    // Every level of nesting takes stack on both sides; a deeper graph would end the process.
    private const int Deepest = 256;

    /// <exception cref="NotSupportedException">Something in it cannot cross; the message says what and why.</exception>
    public static void Write(Frame frame, object? value, Type expected)
    {
        if (Codec.PlainOf(expected) is { } plain)
            plain.Write(frame, value!);
        else
            new Writer(frame, expected).Write(value);
    }

    public static object? Read(FrameReader frame, Type expected)
    {
        if (Codec.PlainOf(expected) is { } plain)
            return plain.Read(frame);
        var reader = new Reader(frame, expected);
        var value = reader.Read();
        reader.FillCollections();
        return value;
    }

    // Most values are numbers, so the memory for what may be in others is made when it is needed.
    public sealed class Writer(Frame frame, Type expected)
    {
        private int _depth;

        public Frame Frame => frame;

        /// <summary>The field that is being written.</summary>
        public FieldInfo? Field { get; set; }

        /// <summary>The field as a message shows it: <c> (in Order.Log)</c>.</summary>
        public string Where => Field is null ? ""
            : $" (in {TypeRules.NameOf(Field.DeclaringType!)}.{Field.Name.Split('>')[0].TrimStart('<')})";

        // By the order in which they were written.
        private Dictionary<Type, int> Types => field ??= [];

        private Dictionary<object, int> Places => field ??= new(ReferenceEqualityComparer.Instance);

        public void Write(object? value)
        {
            // Of two equal texts nobody asks whether they are one.
            if (value is null or string)
            {
                frame.Write(value is null ? Null : Text);
                if (value is string text)
                    frame.WriteText(text);
                return;
            }

            var type = value.GetType();
            if (!type.IsValueType && !Places.TryAdd(value, Places.Count))
            {
                frame.Write(~Places[value]);
                return;
            }

            var codec = Codec.Of(type);
            codec.CheckCanCross(this, value);
            if (type == expected)
            {
                frame.Write(Expected);
            }
            else if (Types.TryAdd(type, Expected + Types.Count + 1))
            {
                frame.Write(Expected + Types.Count);
                frame.WriteText(TypeName.TextOf(type));
            }
            else
            {
                frame.Write(Types[type]);
            }

            if (++_depth > Deepest)
                throw new NotSupportedException($"its objects refer to each other more than {Deepest} deep{Where}; pass them in a list");
            codec.Write(this, value);
            _depth--;
        }
    }

    public sealed class Reader(FrameReader frame, Type expected)
    {
        private List<Action>? _fills;

        public FrameReader Frame => frame;

        private List<Type> Types => field ??= [];

        private List<object?> Objects => field ??= [];

        public object? Read()
        {
            var number = frame.Read<int>();
            if (number < Null)
                return Objects[~number];
            if (number <= Text)
                return number == Text ? frame.ReadText() : null;
            if (number > Expected && number - Expected > Types.Count)
                Types.Add(TypeName.Parse(frame.ReadText()));
            var type = number == Expected ? expected : Types[number - Expected - 1];
            var codec = Codec.Of(type);
            if (type.IsValueType)
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
        public void FillLater(Action fill) => (_fills ??= []).Add(fill);

        /// <summary>Fills the collections, the inner ones first.</summary>
        public void FillCollections()
        {
            for (var i = (_fills?.Count ?? 0) - 1; i >= 0; i--)
                _fills![i]();
        }
    }
}
