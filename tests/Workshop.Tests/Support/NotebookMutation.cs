using System.Text.Json;
using System.Text.Json.Nodes;

namespace Workshop.Tests;

/// <summary>Changes good notebooks in one to four places: a byte, a piece of text, a member of the JSON.</summary>
internal sealed class NotebookMutation
{
    private static readonly string[] OddTexts =
    [
        "", "\0", "\u001b[31m", "\u2028", "\uFEFF", "\r", "\n\n", "é\u0301", "😀", "<!--", "<script>alert(1)</script>", "</div></body>",
        "![x](%00)", "[a](%00)", "[b](http://[)", "![c](attachment:none.png)", "<img src='http://x/y.png' onerror=x>", "# h", "```\n",
        "| a |\n| - |", new string('>', 300), new string('[', 3000), new string('*', 2000), "#r \"nuget: x\"", "#!fsharp", "{{{{",
            "$\\frac$",
        "file:///etc", "../../x.png", "C:\\x", "a\u0000b", "&#0;", "&#x110000;", "1e400", new string('(', 2000), "\u202E",
    ];

    private static readonly string[] Folders = ["Fixtures/notebooks", "Samples", "Broken"];

    private readonly Random _random;
    private readonly List<byte[]> _corpus;

    public NotebookMutation(int seed)
    {
        _random = new Random(seed);
        _corpus = [.. Folders
            .SelectMany(folder => Directory.EnumerateFiles(Workspace.TestFile(folder), "*.ipynb").Order(StringComparer.Ordinal))
            .Select(File.ReadAllBytes)];
    }

    public byte[] Next()
    {
        var notebook = Pick(_corpus);
        for (var changes = _random.Next(1, 5); changes > 0; changes--)
            notebook = _random.Next(4) == 0 ? Bytes(notebook) : Json(notebook) ?? Bytes(notebook);
        return notebook;
    }

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    private byte[] Bytes(byte[] notebook)
    {
        if (notebook.Length == 0) return [(byte)_random.Next(256)];
        var at = _random.Next(notebook.Length);
        var length = _random.Next(Math.Min(64, notebook.Length - at));
        return _random.Next(4) switch
        {
            0 => [.. notebook[..at], (byte)_random.Next(256), .. notebook[(at + 1)..]],
            1 => [.. notebook[..at], .. notebook[(at + length)..]],
            2 => [.. notebook[..at], .. notebook[at..(at + length)], .. notebook[at..]],
            _ => notebook[..at],
        };
    }

    private byte[]? Json(byte[] notebook)
    {
        try
        {
            var root = JsonNode.Parse(notebook);
            var places = Places(root).ToList();
            if (root is null || places.Count == 0) return null;
            Change(Pick(places));
            return JsonSerializer.SerializeToUtf8Bytes(root);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            return null; // No JSON any more, or with a key twice: its bytes can still be changed.
        }
    }

    private void Change((JsonNode Parent, string? Key, int Index) place)
    {
        var (parent, key, index) = place;
        var value = Odd();
        if (parent is JsonObject json)
        {
            if (_random.Next(5) == 0) json.Remove(key!);
            else if (_random.Next(5) == 0) json[Pick(OddTexts)] = value;
            else json[key!] = value;
        }
        else if (parent is JsonArray array)
        {
            if (_random.Next(5) == 0) array.RemoveAt(index);
            else if (_random.Next(3) == 0) array.Insert(index, value);
            else array[index] = value;
        }
    }

    private JsonNode? Odd() => _random.Next(9) switch
    {
        0 => null,
        1 => JsonValue.Create(_random.Next(-2, 3)),
        2 => JsonValue.Create(true),
        3 => new JsonArray(Pick(OddTexts), 1, null),
        4 => new JsonObject { [Pick(OddTexts)] = new JsonArray() },
        5 => JsonNode.Parse(Pick(["1e400", "-0", "123456789012345678901234567890", "0.1e-400"])),
        _ => JsonValue.Create(Pick(OddTexts)),
    };

    private static IEnumerable<(JsonNode Parent, string? Key, int Index)> Places(JsonNode? node) => node switch
    {
        JsonObject json => json.SelectMany(member => Places(member.Value).Prepend((json, member.Key, 0))),
        JsonArray array => array.Index().SelectMany(item => Places(item.Item).Prepend((array, null, item.Index))),
        _ => [],
    };
}
