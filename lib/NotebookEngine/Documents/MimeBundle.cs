using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace NotebookEngine;

/// <summary>
/// One value in several forms: mime type to content, in order of addition. The content of a JSON mime type is JSON
/// text, that of an image other than SVG is base64, everything else is the text itself.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "Jupyter's own name for it")]
public sealed class MimeBundle : IReadOnlyCollection<KeyValuePair<string, string>>, IEquatable<MimeBundle>
{
    private readonly List<KeyValuePair<string, string>> _entries = [];

    /// <summary>An empty bundle, to be filled with a collection initialiser.</summary>
    public MimeBundle()
    {
    }

    /// <summary>A bundle with these contents.</summary>
    public MimeBundle(IEnumerable<KeyValuePair<string, string>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        foreach (var (mimeType, content) in entries) Add(mimeType, content);
    }

    /// <summary>Facts about the forms for a front end, such as an image's width; null when there are none.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>The mime types, in order.</summary>
    public IEnumerable<string> MimeTypes => _entries.Select(entry => entry.Key);

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <summary>The content for a mime type, or null.</summary>
    public string? this[string mimeType] => TryGet(mimeType, out var content) ? content : null;

    /// <summary>A bundle with plain text alone.</summary>
    public static MimeBundle PlainText(string text) => new() { { "text/plain", text } };

    /// <summary>Adds a form; a mime type that is there already gets the new content and keeps its place.</summary>
    public void Add(string mimeType, string content)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(mimeType);
        ArgumentNullException.ThrowIfNull(content);
        var entry = KeyValuePair.Create(mimeType, content);
        var index = _entries.FindIndex(e => e.Key == mimeType);
        if (index < 0) _entries.Add(entry);
        else _entries[index] = entry;
    }

    /// <summary>The content for a mime type, if there is one.</summary>
    public bool TryGet(string mimeType, [NotNullWhen(true)] out string? content)
    {
        var index = _entries.FindIndex(e => e.Key == mimeType);
        content = index < 0 ? null : _entries[index].Value;
        return index >= 0;
    }

    /// <summary>The bundle as nbformat 4 stores it: text as an array of lines, JSON as JSON.</summary>
    public JsonObject ToJsonObject()
    {
        var json = new JsonObject();
        foreach (var (mimeType, content) in _entries) json[mimeType] = ToNode(mimeType, content);
        return json;
    }

    /// <summary>Reads a bundle as nbformat 4 stores it.</summary>
    public static MimeBundle FromJsonObject(JsonObject data, JsonObject? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        var bundle = new MimeBundle
        {
            Metadata = metadata is { Count: > 0 } ? (JsonObject)metadata.DeepClone() : null,
        };
        foreach (var (mimeType, value) in data)
        {
            if (string.IsNullOrWhiteSpace(mimeType)) continue;
            bundle.Add(
                mimeType,
                !IsJson(mimeType) && MultilineText.TryJoin(value, out var text)
                    ? text
                    : JsonStyle.Compact.Format(value, indent: ""));
        }

        return bundle;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Compares contents, not their order: notebooks are saved with sorted keys by some programs.</summary>
    public bool Equals(MimeBundle? other) =>
        other is not null
        && Count == other.Count
        && _entries.TrueForAll(entry => other[entry.Key] == entry.Value)
        && JsonNode.DeepEquals(Metadata, other.Metadata);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MimeBundle);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, this["text/plain"]);

    /// <summary>Whether nbformat stores the content of a mime type as JSON.</summary>
    internal static bool IsJson(string mimeType) =>
        mimeType == "application/json"
        || (mimeType.StartsWith("application/", StringComparison.Ordinal)
            && mimeType.EndsWith("+json", StringComparison.Ordinal));

    private static JsonNode? ToNode(string mimeType, string content)
    {
        if (IsJson(mimeType))
        {
            try
            {
                return JsonSyntaxParser.Parse(content, path: null).ToNode();
            }
            catch (NotebookFormatException)
            {
                // Not JSON after all: nbformat allows a plain string here, and losing it would be worse.
                return content;
            }
        }

        // Jupyter splits exactly these (nbformat/v4/rwbase.py) and leaves base64 whole.
        return mimeType.StartsWith("text/", StringComparison.Ordinal)
            || mimeType is "image/svg+xml" or "application/javascript"
            ? MultilineText.Split(content)
            : content;
    }
}
