using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace NotebookEngine;

/// <summary>What there is to show of a type: found once per type.</summary>
internal sealed class MemberReader
{
    private static readonly ConditionalWeakTable<Type, MemberReader> Cache = [];

    private MemberReader(Type type)
    {
        Members = [.. Find(type)];
        var toString = type.GetMethod(nameof(ToString), Type.EmptyTypes);
        HasOwnText = toString?.DeclaringType is { } declaring
            && declaring != typeof(object) && declaring != typeof(ValueType) && declaring != typeof(MarshalByRefObject)
            && !IsRecord(declaring) && !type.Name.Contains("AnonymousType", StringComparison.Ordinal);
    }

    /// <summary>Public properties and fields with their getters.</summary>
    public IReadOnlyList<(string Name, Func<object, object?> Get)> Members { get; }

    /// <summary>Whether the type says itself what its text is; a record's generated text only repeats the members.</summary>
    public bool HasOwnText { get; }

    public static MemberReader For(Type type) => Cache.GetValue(type, key => new MemberReader(key));

    private static IEnumerable<(string Name, Func<object, object?> Get)> Find(Type type)
    {
        const BindingFlags PublicInstance = BindingFlags.Public | BindingFlags.Instance;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in type.GetProperties(PublicInstance))
        {
            // An indexer needs an argument, and a ref struct or a pointer cannot be boxed.
            if (property.GetMethod is not { IsPublic: true } || property.GetIndexParameters().Length > 0) continue;
            if (property.PropertyType is { IsByRefLike: true } or { IsPointer: true } or { IsFunctionPointer: true }) continue;
            if (!IsHidden(property) && seen.Add(property.Name)) yield return (property.Name, property.GetValue);
        }

        foreach (var field in type.GetFields(PublicInstance))
        {
            if (field.FieldType is { IsPointer: true } or { IsFunctionPointer: true }) continue;
            if (!IsHidden(field) && seen.Add(field.Name)) yield return (field.Name, field.GetValue);
        }
    }

    private static bool IsHidden(MemberInfo member) =>
        member.GetCustomAttribute<DebuggerBrowsableAttribute>()?.State == DebuggerBrowsableState.Never;

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance, [typeof(StringBuilder)]) is not null;
}
