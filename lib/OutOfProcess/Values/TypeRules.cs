using System.Collections;
using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace OutOfProcess;

/// <summary>Which types cross between processes, and what they are made of.</summary>
internal static class TypeRules
{
    private const BindingFlags OwnFields =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const string Elsewhere = "has a meaning only in its own process";

    /// <summary>Why a type that <see cref="IsInMemory"/> cannot cross.</summary>
    public const string InMemory =
        "was compiled or loaded in memory, as the types of a notebook's cells are, so a worker cannot load it; "
        + "move it into a class library";

    // Classes of the framework whose fields are all that they are.
    private static readonly HashSet<Type> Transparent =
    [
        typeof(object), typeof(Version), typeof(BitArray),
        typeof(Collection<>), typeof(ReadOnlyCollection<>), typeof(ReadOnlyDictionary<,>),
    ];

    // Collections of the framework that travel as their items.
    private static readonly HashSet<Type> Collections =
    [
        typeof(List<>), typeof(LinkedList<>), typeof(Queue<>), typeof(Stack<>), typeof(ConcurrentQueue<>), typeof(HashSet<>),
        typeof(SortedSet<>), typeof(Dictionary<,>), typeof(SortedDictionary<,>), typeof(SortedList<,>), typeof(ConcurrentDictionary<,>),
    ];

    /// <summary>Classes of the framework that are the same as a text.</summary>
    public static IReadOnlyDictionary<Type, (Func<object, string> To, Func<string, object> From)> AsText { get; } =
        new Dictionary<Type, (Func<object, string>, Func<string, object>)>
        {
            [typeof(StringBuilder)] = (builder => builder.ToString()!, text => new StringBuilder(text)),
            [typeof(Uri)] = (
                uri => (((Uri)uri).IsAbsoluteUri ? "a" : "r") + ((Uri)uri).OriginalString,
                text => new Uri(text[1..], text[0] == 'a' ? UriKind.Absolute : UriKind.Relative)),
        };

    /// <summary>The type of a collection's items; null when the type is none.</summary>
    public static Type? ItemOf(Type type) =>
        type.IsGenericType && Collections.Contains(type.GetGenericTypeDefinition())
            ? type.GetInterface(typeof(IEnumerable<>).Name)!.GetGenericArguments()[0]
            : null;

    /// <summary>Why values of a type cannot cross, as the end of a sentence; null when they can, whatever they refer to.</summary>
    public static string? WhyNot(Type type)
    {
        if (type.IsPointer || type.IsFunctionPointer || type.IsAssignableTo(typeof(Delegate)))
            return Elsewhere;
        if (type.GetElementType() is { } element)
            return element.IsValueType || element.IsPointer ? WhyNot(element) : null;
        if (IsInMemory(type))
            return InMemory;

        // What a structure holds lies inside of it, and crosses with it.
        var inside = !type.IsValueType || type.IsPrimitive ? [] : FieldsOf(type).Select(field => field.FieldType);
        if (inside.Where(part => part.IsValueType).Select(WhyNot).FirstOrDefault(why => why is not null) is { } reason)
            return reason;
        return TypeName.IsOfFramework(type) ? WhyNotOfFramework(type) : WhyNotOfProgram(type);
    }

    public static bool IsInMemory(Type type) => type.Assembly.IsDynamic || type.Assembly.Location.Length == 0;

    /// <summary>The fields of a type and of its bases.</summary>
    public static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (var each = type; each is not null && each != typeof(object); each = each.BaseType)
        {
            // In the order in which they are declared, which is the same in both processes.
            foreach (var field in each.GetFields(OwnFields).OrderBy(field => field.MetadataToken))
                yield return field;
        }
    }

    public static bool HoldsReferences(Type type) =>
        !type.IsPrimitive && !type.IsEnum
        && (!type.IsValueType || type.GetFields(OwnFields).Any(field => HoldsReferences(field.FieldType)));

    /// <summary>The type as C# writes it: <c>List&lt;Order&gt;</c>.</summary>
    public static string NameOf(Type type) =>
        type.IsArray ? $"{NameOf(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type.Name;

    private static string? WhyNotOfFramework(Type type)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;

        // A handle, such as GCHandle, is a number that means something to its own process.
        if (type.IsValueType)
            return !type.IsPrimitive && FieldsOf(definition).Any(field => field.FieldType == typeof(nint)) ? Elsewhere : null;
        return Transparent.Contains(definition) || Collections.Contains(definition) || AsText.ContainsKey(type)
            || type.IsAssignableTo(typeof(ITuple)) ? null
            : type.IsAssignableTo(typeof(IEnumerable)) ? "cannot cross; turn it into an array, a List, a Dictionary or a HashSet"
            : Elsewhere;
    }

    private static string? WhyNotOfProgram(Type type)
    {
        if (type.Name.Contains(">d__", StringComparison.Ordinal))
            return "is a sequence that has not run; call ToArray()";
        if (type.IsDefined(typeof(InlineArrayAttribute)) && HoldsReferences(type))
            return "holds references in an inline array; use an array";
        if (type.IsValueType)
            return null;
        for (var each = type; each != typeof(object); each = each.BaseType!)
        {
            if (TypeName.IsOfFramework(each))
                return $"derives from {NameOf(each)} and cannot cross; hold one in a field instead";
            if (each.GetMethod("Finalize", OwnFields, []) is not null)
                return $"has a finalizer, so it holds something that {Elsewhere}";
        }

        return null;
    }
}
