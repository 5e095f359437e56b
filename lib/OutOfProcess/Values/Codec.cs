using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace OutOfProcess;

/// <summary>How values of one type cross, or why they do not.</summary>
internal abstract class Codec
{
    private static readonly ConcurrentDictionary<Type, Codec> Known = new();

    public static Codec Of(Type type) => Known.GetOrAdd(type, Make);

    /// <exception cref="NotSupportedException">No value of the type can.</exception>
    public virtual void CheckCanCross(ObjectGraph.Writer writer)
    {
    }

    public abstract void Write(ObjectGraph.Writer writer, object value);

    /// <summary>Makes the object, perhaps empty still.</summary>
    public abstract object Create(ObjectGraph.Reader reader);

    /// <summary>Reads what the object refers to.</summary>
    public virtual object Fill(ObjectGraph.Reader reader, object value) => value;

    private static Codec Make(Type type)
    {
        if (TypeRules.WhyNot(type) is { } reason)
            return new Refused(type, reason);
        if (SimpleCodec.Of(type) is { } simple)
            return simple;
        if (IsPlain(type))
            return Make(typeof(SimpleCodec.Plain<>), type);
        if (type.IsArray)
            return type.IsSZArray && IsPlain(type.GetElementType()!)
                ? Make(typeof(SimpleCodec.PlainArray<>), type.GetElementType()!)
                : new Elements(type);
        if (TypeRules.ItemOf(type) is { } item)
            return Make(typeof(Collection<>), item, type);
        return TypeRules.AsText.TryGetValue(type, out var text) ? new Textual(text.To, text.From) : new Fields(type);
    }

    private static Codec Make(Type codec, Type argument, params object[] arguments) =>
        (Codec)Activator.CreateInstance(codec.MakeGenericType(argument), arguments)!;

    // Without references: its bytes are its value.
    private static bool IsPlain(Type type) => type.IsValueType && !TypeRules.HoldsReferences(type);

    private sealed class Refused(Type type, string reason) : Codec
    {
        public override void CheckCanCross(ObjectGraph.Writer writer) =>
            throw new NotSupportedException($"{TypeRules.NameOf(type)}{writer.Where} {reason}");

        public override void Write(ObjectGraph.Writer writer, object value) => CheckCanCross(writer);

        public override object Create(ObjectGraph.Reader reader) => throw new ProtocolException($"{type} cannot arrive.");
    }

    private sealed class Textual(Func<object, string> to, Func<string, object> from) : Codec
    {
        public override void Write(ObjectGraph.Writer writer, object value) => writer.Frame.WriteText(to(value));

        public override object Create(ObjectGraph.Reader reader) => from(reader.Frame.ReadText());
    }

    /// <summary>Any other array.</summary>
    private sealed class Elements(Type type) : Codec
    {
        public override void Write(ObjectGraph.Writer writer, object value)
        {
            var array = (Array)value;
            for (var dimension = 0; dimension < array.Rank; dimension++)
            {
                if (array.GetLowerBound(dimension) != 0)
                    throw new NotSupportedException($"an array{writer.Where} that does not begin at 0 cannot cross; use one that does");
                writer.Frame.Write(array.GetLength(dimension));
            }

            foreach (var element in array)
                writer.Write(element);
        }

        public override object Create(ObjectGraph.Reader reader)
        {
            var lengths = new int[type.GetArrayRank()];
            for (var dimension = 0; dimension < lengths.Length; dimension++)
                lengths[dimension] = reader.Frame.Read<int>();
            return Array.CreateInstanceFromArrayType(type, lengths);
        }

        public override object Fill(ObjectGraph.Reader reader, object value)
        {
            var array = (Array)value;
            var indices = new int[array.Rank];
            for (var place = 0L; place < array.LongLength; place++)
            {
                var rest = place;
                for (var dimension = array.Rank - 1; dimension >= 0; dimension--)
                    (rest, indices[dimension]) = (rest / array.GetLength(dimension), (int)(rest % array.GetLength(dimension)));
                array.SetValue(reader.Read(), indices);
            }

            return array;
        }
    }

    /// <summary>
    /// A collection of the framework travels as its items and its comparer: how it keeps them, by hashes for one, is right in
    /// one process only.
    /// </summary>
    private sealed class Collection<T>(Type type) : Codec
    {
        private readonly PropertyInfo? _comparer = type.GetProperty("Comparer");

        public override void Write(ObjectGraph.Writer writer, object value)
        {
            if (_comparer is not null)
            {
                var comparer = _comparer.GetValue(value);
                writer.Write(Equals(comparer, _comparer.GetValue(Activator.CreateInstance(type))) ? null : comparer);
            }

            writer.Write(((IEnumerable<T>)value).ToArray());
        }

        public override object Create(ObjectGraph.Reader reader) =>
            _comparer is not null && reader.Read() is { } comparer
                ? Activator.CreateInstance(type, comparer)!
                : Activator.CreateInstance(type)!;

        public override object Fill(ObjectGraph.Reader reader, object value)
        {
            var items = (T[])reader.Read()!;
            reader.FillLater(() => Add(value, items));
            return value;
        }

        private static void Add(object collection, T[] items)
        {
            switch (collection)
            {
                case List<T> list: list.AddRange(items); break;
                case Queue<T> queue: Array.ForEach(items, queue.Enqueue); break;
                case ConcurrentQueue<T> queue: Array.ForEach(items, queue.Enqueue); break;
                case Stack<T> stack: Array.ForEach(items.Reverse().ToArray(), stack.Push); break;
                case ICollection<T> other: Array.ForEach(items, other.Add); break;
            }
        }
    }

    /// <summary>Everything else travels as its fields; no constructor runs.</summary>
    private sealed class Fields(Type type) : Codec
    {
        private readonly FieldInfo[] _fields = [.. TypeRules.FieldsOf(type)];

        public override void Write(ObjectGraph.Writer writer, object value)
        {
            foreach (var field in _fields)
            {
                writer.Field = field;
                writer.Write(field.GetValue(value));
            }
        }

        public override object Create(ObjectGraph.Reader reader) => RuntimeHelpers.GetUninitializedObject(type);

        public override object Fill(ObjectGraph.Reader reader, object value)
        {
            foreach (var field in _fields)
                field.SetValue(value, reader.Read());
            return value;
        }
    }
}
