namespace ConcurrencyNotebooks;

/// <summary>
/// Tells a notebook host how to show a type, by .NET Interactive's convention: a host looks for an attribute of this very
/// name in any namespace, so that a library can render itself without referencing a notebook package.
/// </summary>
/// <param name="formatterSourceType">
/// A type with a public parameterless constructor and <c>IEnumerable&lt;object&gt; CreateTypeFormatters()</c>.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The type that makes the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>
    /// Every mime type that the output carries. Each one must have a formatter: .NET Interactive looks for a missing
    /// one without end, until its stack overflows and the kernel dies.
    /// </summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
