using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OutOfProcess;

/// <summary>How values of one type cross, or why they do not.</summary>
internal abstract class Codec
{
    // One for each thread: neither a lock in every call, nor a library that a worker would have to load for it.
    [ThreadStatic]
    private static Dictionary<Type, Codec>? _known;

    public static Codec Of(Type type)
    {
        var known = _known ??= [];
        if (!known.TryGetValue(type, out var codec))
            known[type] = codec = Simple(type) ?? Make(type);
        return codec;
    }

    /// <summary>The codec of a number, or of a structure of numbers; null for other types.</summary>
    public static Plain? PlainOf(Type type) => type.IsValueType ? Of(type) as Plain : null;

    /// <exception cref="NotSupportedException">It cannot.</exception>
    public virtual void CheckCanCross(ObjectGraph.Writer writer, object value)
    {
    }

    public abstract void Write(ObjectGraph.Writer writer, object value);

    /// <summary>Makes the object, perhaps empty still.</summary>
    public abstract object Create(ObjectGraph.Reader reader);

    /// <summary>Reads what the object refers to.</summary>
    public virtual object Fill(ObjectGraph.Reader reader, object value) => value;

    // Each type by its name, so that all of it is compiled ahead of time.
    private static Codec? Simple(Type type) =>
        type == typeof(string[]) ? new Elements<string>(type)
        : Simple<int>(type) ?? Simple<long>(type) ?? Simple<double>(type) ?? Simple<byte>(type) ?? Simple<bool>(type)
        ?? Simple<char>(type) ?? Simple<float>(type) ?? Simple<decimal>(type);

    private static Codec? Simple<T>(Type type) where T : unmanaged =>
        type == typeof(T) ? new Plain<T>() : type == typeof(T[]) ? new PlainArray<T>() : null;

    private static Codec Make(Type type) =>
        TypeRules.WhyNot(type) is { } reason ? new Refused(type, reason)
        : IsPlain(type) ? Make(typeof(Plain<>), type)
        : type.GetElementType() is { } element
            ? type.IsSZArray && IsPlain(element) ? Make(typeof(PlainArray<>), element) : Make(typeof(Elements<>), element, type)
        : TypeRules.ItemOf(type) is { } item ? Make(typeof(Collection<>), item, type)
        : TypeRules.AsText.TryGetValue(type, out var text) ? new Textual(text.To, text.From)
        : new Fields(type);

    private static Codec Make(Type codec, Type argument, params object[] arguments) =>
        (Codec)Activator.CreateInstance(codec.MakeGenericType(argument), arguments)!;

    // Without references: its bytes are its value.
    private static bool IsPlain(Type type) =>
        type.IsValueType && Nullable.GetUnderlyingType(type) is null && !TypeRules.HoldsReferences(type);

    /// <summary>A type whose values have a meaning in their own process only, but for a few that are in every process.</summary>
    private sealed class Refused(Type type, string reason) : Codec
    {
        private static readonly object[] Comparers =
        [
            StringComparer.Ordinal, StringComparer.OrdinalIgnoreCase, StringComparer.InvariantCulture,
            StringComparer.InvariantCultureIgnoreCase, ReferenceEqualityComparer.Instance,
        ];

        public override void CheckCanCross(ObjectGraph.Writer writer, object value)
        {
            if (!Comparers.Contains(value))
                throw new NotSupportedException($"{TypeRules.NameOf(type)}{writer.Where} {reason}");
        }

        public override void Write(ObjectGraph.Writer writer, object value) => writer.Frame.Write(Array.IndexOf(Comparers, value));

        public override object Create(ObjectGraph.Reader reader) => Comparers[reader.Frame.Read<int>()];
    }

    private sealed class Textual(Func<object, string> to, Func<string, object> from) : Codec
    {
        public override void Write(ObjectGraph.Writer writer, object value) => writer.Frame.WriteText(to(value));

        public override object Create(ObjectGraph.Reader reader) => from(reader.Frame.ReadText());
    }

    /// <summary>A number, or a structure of numbers: it crosses without an <see cref="ObjectGraph"/> around it, too.</summary>
    public abstract class Plain : Codec
    {
        public abstract void Write(Frame frame, object value);

        public abstract object Read(FrameReader frame);

        public sealed override void Write(ObjectGraph.Writer writer, object value) => Write(writer.Frame, value);

        public sealed override object Create(ObjectGraph.Reader reader) => Read(reader.Frame);
    }

    private sealed class Plain<T> : Plain where T : unmanaged
    {
        public override void Write(Frame frame, object value) => frame.Write((T)value);

        public override object Read(FrameReader frame) => frame.Read<T>();
    }

    /// <summary>An array of numbers, or of structures of numbers.</summary>
    private sealed unsafe class PlainArray<T> : Codec where T : unmanaged
    {
        public override void Write(ObjectGraph.Writer writer, object value) =>
            writer.Frame.WriteArray((T[])value, (long)sizeof(T) * ((T[])value).Length);

        public override object Create(ObjectGraph.Reader reader)
        {
            var length = reader.Frame.ReadLength();
            var array = LargeArrays.Allocate<T>(length / sizeof(T));
            fixed (T* start = array)
                reader.Frame.ReadExactly(new Span<byte>(start, length));
            return array;
        }
    }

    /// <summary>Any other array, of any number of dimensions.</summary>
    private sealed class Elements<T>(Type type) : Codec
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

            foreach (var element in In(array))
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
            foreach (ref var element in In((Array)value))
                element = (T)reader.Read()!;
            return value;
        }

        private static Span<T> In(Array array) =>
            MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
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
            if (_comparer is null)
                Array.ForEach(items, Adding(value, items));
            else
                reader.FillLater(() => Array.ForEach(items, Adding(value, items)));
            return value;
        }

        private static Action<T> Adding(object collection, T[] items)
        {
            switch (collection)
            {
                case Queue<T> queue:
                    return queue.Enqueue;
                case ConcurrentQueue<T> queue:
                    return queue.Enqueue;
                case Stack<T> stack:
                    Array.Reverse(items);
                    return stack.Push;
                default:
                    return ((ICollection<T>)collection).Add;
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
