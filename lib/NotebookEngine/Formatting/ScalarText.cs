using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookEngine;

/// <summary>Values that are one text, the same in every culture.</summary>
internal static class ScalarText
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The text of a value without parts; null for everything else. May throw what the value's code throws.</summary>
    public static TextNode? Of(object value) => value switch
    {
        string text => new TextNode(text),
        char c => new TextNode(c.ToString()),
        bool b => new TextNode(b ? "true" : "false"),
        Enum e => new TextNode(e.ToString()),
        DateTime time => new TextNode(time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture)),
        DateTimeOffset time => new TextNode(time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture)),
        DateOnly date => new TextNode(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        TimeOnly time => new TextNode(time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)),
        TimeSpan span => new TextNode(span.ToString("c", CultureInfo.InvariantCulture)),
        Type type => new TextNode(Named(type)),
        MemberInfo member => new TextNode($"{(member.DeclaringType is { } type ? TypeNames.Of(type) : "")}.{member}"),
        Assembly or Module or Uri or Version or StringBuilder or CultureInfo or Encoding or TimeZoneInfo
            => new TextNode(value.ToString() ?? ""),
        Delegate method => new TextNode(Signature(method)),
        JsonNode json => new TextNode(json.ToJsonString(Indented)),
        JsonElement { ValueKind: JsonValueKind.Undefined } => new TextNode("undefined"),
        JsonElement json => new TextNode(JsonSerializer.Serialize(json, Indented)),
        JsonDocument json => Of(json.RootElement),
        IFormattable number => new TextNode(
            number.ToString(null, CultureInfo.InvariantCulture),
            IsNumber(value) ? TextRole.Number : TextRole.Value),
        _ => null,
    };

    private static bool IsNumber(object value) =>
        value.GetType().IsPrimitive || value is decimal or BigInteger or Half or Int128 or UInt128;

    private static string Named(Type type) => type.Namespace is { Length: > 0 } space ? $"{space}.{TypeNames.Of(type)}" : TypeNames.Of(type);

    private static string Signature(Delegate method)
    {
        var parameters = method.Method.GetParameters().Select(parameter => $"{TypeNames.Of(parameter.ParameterType)} {parameter.Name}");
        return $"{TypeNames.Of(method.GetType())}: {TypeNames.Of(method.Method.ReturnType)} {method.Method.Name}({string.Join(", ", parameters)})";
    }
}
