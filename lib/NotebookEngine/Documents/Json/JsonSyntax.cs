using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookEngine;

/// <summary>
/// One JSON value as it stands in a text: its span, its members or items with theirs. Everything that a model of
/// values forgets (spelling of numbers, escapes, white space, duplicate keys) stays in the text, from which unchanged
/// parts are copied on saving.
/// </summary>
internal sealed class JsonSyntax(string text, JsonValueKind kind, int start)
{
    /// <summary>Where the value starts and, exclusively, ends in <see cref="Text"/>.</summary>
    public int Start { get; } = start;

    public int End { get; set; }

    public string Text { get; } = text;

    public JsonValueKind Kind { get; } = kind;

    /// <summary>An object's members or an array's items (whose names are empty), as written.</summary>
    public List<JsonSyntaxMember> Members { get; } = [];

    public ReadOnlySpan<char> Raw => Text.AsSpan(Start, End - Start);

    /// <summary>An object's member; of duplicates the last, as every JSON reader in use has it.</summary>
    public JsonSyntax? this[string name]
    {
        get
        {
            var index = Kind == JsonValueKind.Object ? Members.FindLastIndex(member => member.Name == name) : -1;
            return index < 0 ? null : Members[index].Value;
        }
    }

    /// <summary>The line of the value's first character, counted from 1.</summary>
    public int Line => 1 + Text.AsSpan(0, Start).Count('\n');

    /// <summary>The value for reading and changing; numbers keep their spelling, duplicate keys do not survive.</summary>
    public JsonNode? ToNode()
    {
        switch (Kind)
        {
            case JsonValueKind.Object:
                var json = new JsonObject();
                foreach (var member in Members) json[member.Name] = member.Value.ToNode();
                return json;
            case JsonValueKind.Array:
                return new JsonArray([.. Members.Select(member => member.Value.ToNode())]);
            case JsonValueKind.String:
                return JsonValue.Create(StringValue);
            case JsonValueKind.Null:
                return null;
            default:
                return JsonNode.Parse(Raw.ToString());
        }
    }

    /// <summary>Whether the text says what a node says: neither spelling nor the order of keys matters.</summary>
    public bool Says(JsonNode? node) => node switch
    {
        null => Kind == JsonValueKind.Null,
        JsonObject json => Kind == JsonValueKind.Object
            && Members.Select(member => member.Name).Distinct().Count() == json.Count
            && json.All(member => this[member.Key] is { } value && value.Says(member.Value)),
        JsonArray array => Kind == JsonValueKind.Array
            && array.Count == Members.Count
            && Members.Zip(array).All(pair => pair.First.Value.Says(pair.Second)),
        _ => node.GetValueKind() == Kind && Kind switch
        {
            JsonValueKind.String => node.GetValue<string>() == StringValue,
            JsonValueKind.Number => Raw.SequenceEqual(node.ToJsonString()) || JsonNode.DeepEquals(node, ToNode()),
            _ => true,
        },
    };

    /// <summary>The text of a string value, unescaped; halves of surrogate pairs are let through.</summary>
    public string StringValue
    {
        get
        {
            var raw = Raw[1..^1];
            if (!raw.Contains('\\')) return raw.ToString();
            var value = new StringBuilder(raw.Length);
            for (var i = 0; i < raw.Length; i++)
            {
                if (raw[i] != '\\')
                {
                    value.Append(raw[i]);
                    continue;
                }

                switch (raw[++i])
                {
                    case 'b': value.Append('\b'); break;
                    case 'f': value.Append('\f'); break;
                    case 'n': value.Append('\n'); break;
                    case 'r': value.Append('\r'); break;
                    case 't': value.Append('\t'); break;
                    case 'u':
                        value.Append((char)ushort.Parse(raw.Slice(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                        i += 4;
                        break;
                    default: value.Append(raw[i]); break;
                }
            }

            return value.ToString();
        }
    }
}

/// <summary>A member of an object, or an item of an array (then without a name, and with the value's start).</summary>
/// <param name="Name">The key, unescaped.</param>
/// <param name="Start">Where the key, or the item, starts.</param>
/// <param name="Value">The value.</param>
internal sealed record JsonSyntaxMember(string Name, int Start, JsonSyntax Value);
