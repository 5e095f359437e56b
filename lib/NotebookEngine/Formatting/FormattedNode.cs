namespace NotebookEngine;

/// <summary>
/// A bounded picture of a value: read once (a lazy sequence is enumerated once), written in several forms.
/// </summary>
internal abstract record FormattedNode;

/// <summary>What a text says about itself.</summary>
internal enum TextRole
{
    Value,
    Number,
    Note,
    Error,
}

/// <summary>A value that has no parts worth showing, or a remark in place of one.</summary>
internal sealed record TextNode(string Text, TextRole Role = TextRole.Value) : FormattedNode;

/// <summary>A value that rendered itself.</summary>
internal sealed record FragmentNode(string Html, string PlainText) : FormattedNode;

/// <summary>An exception: its type and message, and the rest to be unfolded.</summary>
internal sealed record ExceptionNode(string Headline, string Details) : FormattedNode;

/// <summary>A tuple.</summary>
internal sealed record TupleNode(IReadOnlyList<FormattedNode> Items) : FormattedNode;

/// <summary>Items in order; <paramref name="More"/> says what was left out.</summary>
internal sealed record SequenceNode(string TypeName, IReadOnlyList<FormattedNode> Items, string? More) : FormattedNode;

/// <summary>Keys and values; <paramref name="More"/> says what was left out.</summary>
internal sealed record DictionaryNode(
    string TypeName, IReadOnlyList<(FormattedNode Key, FormattedNode Value)> Entries, string? More) : FormattedNode;

/// <summary>An object; its own text, where its type has one, and its members.</summary>
internal sealed record ObjectNode(
    string TypeName, string? OwnText, IReadOnlyList<(string Name, FormattedNode Value)> Members, string? More)
    : FormattedNode;
