using System.Runtime.CompilerServices;

namespace NotebookEngine;

/// <summary>Types named as C# writes them.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(void)] = "void",
    };

    /// <summary>The name without namespaces: <c>Dictionary&lt;string, int[]&gt;</c>.</summary>
    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (type.IsArray) return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsByRef || type.IsPointer) return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } underlying) return $"{Of(underlying)}?";
        if (type.Name.Contains("AnonymousType", StringComparison.Ordinal)) return "anonymous";
        if (!type.IsGenericType) return type.Name;

        var arguments = type.GetGenericArguments();
        if (!type.IsGenericTypeDefinition && typeof(ITuple).IsAssignableFrom(type) && type.IsValueType)
            return $"({string.Join(", ", arguments.Select(Of))})";

        // A type nested in a generic one repeats its arguments; only those of its own name are shown.
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        if (tick < 0) return type.Name;
        var own = int.Parse(type.Name.AsSpan(tick + 1), System.Globalization.CultureInfo.InvariantCulture);
        return $"{type.Name[..tick]}<{string.Join(", ", arguments[^own..].Select(Of))}>";
    }
}
