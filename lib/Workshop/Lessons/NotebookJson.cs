using System.Text.Encodings.Web;

namespace Workshop.Lessons;

/// <summary>A notebook's JSON, and how its file spells it, which a save keeps: indent, line ends, byte order mark, last line end.</summary>
internal sealed partial class NotebookJson
{
    private const string Restore = "Correct it, or restore the file from version control.";

    // What the parser says of a text that could go on.
    private static readonly string[] EarlyEnds = ["reached end of data", "at the end of the JSON payload", "not contain any JSON tokens"];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonSerializerOptions Canonical = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = CellOutput.MaxDepth,
    };

    private readonly string _path;
    private readonly byte[] _content;
    private readonly JsonSerializerOptions _options;
    private readonly string _start, _end;

    /// <exception cref="NotebookFormatException">It is not a notebook of nbformat 4; the message says where and what to do.</exception>
    public NotebookJson(string path)
    {
        (_path, _content) = (path, RegularFile.Read(path));
        var text = Decode();
        var body = text.TrimStart('\uFEFF');
        (var root, SourceLines) = Parse(body);
        Root = Notebook(root);
        var indent = body[(body.IndexOf('\n', StringComparison.Ordinal) + 1)..].TakeWhile(c => c is ' ' or '\t').ToArray();
        var hasTabs = indent is ['\t', ..];
        _options = new JsonSerializerOptions(Canonical)
        {
            WriteIndented = body.Contains('\n', StringComparison.Ordinal),
            IndentCharacter = hasTabs ? '\t' : ' ',
            IndentSize = hasTabs ? 1 : Math.Clamp(indent.Length, 1, 8),
            NewLine = body.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n",
        };
        _start = text[..(text.Length - body.Length)];
        _end = body[body.TrimEnd().Length..];
    }

    public JsonObject Root { get; }

    /// <summary>For each cell, for each line of its source: the line in the file, from 1.</summary>
    public IReadOnlyList<IReadOnlyList<int>> SourceLines { get; }

    /// <summary>Whether the file is spelt as this program and Jupyter write it.</summary>
    public bool IsCanonical => _content.AsSpan().SequenceEqual(Utf8.GetBytes(Spell(Root.ToJsonString(Canonical)) + "\n"));

    /// <summary>The notebook in its style.</summary>
    public byte[] ToBytes() => Utf8.GetBytes(_start + Spell(Root.ToJsonString(_options)) + _end);

    /// <summary>Writes the notebook in its style; a file that would not change is not touched.</summary>
    /// <exception cref="NotebookSaveException">Nothing was written; the message says why.</exception>
    public void Write(string path)
    {
        var bytes = ToBytes();
        try
        {
            var current = File.Exists(path) ? File.ReadAllBytes(path) : null;
            var isOwn = Path.GetFullPath(path) == Path.GetFullPath(_path);
            if (isOwn && current is not null && !current.AsSpan().SequenceEqual(_content))
            {
                throw new NotebookSaveException(
                    path, "another program changed the file since it was read. Run again with the file as it is now.");
            }

            if (current is null || !current.AsSpan().SequenceEqual(bytes)) AtomicFile.Write(path, bytes);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException and not NotebookSaveException)
        {
            throw new NotebookSaveException(
                path, $"{exception.Message} Check that the folder exists, is writable and has room.", exception);
        }
    }

    // As Jupyter does it: control characters in lower case, and everything beyond ASCII as itself.
    private static string Spell(string json) => Escape().Replace(json, match =>
    {
        var code = Convert.ToInt32(match.Groups["code"].Value, 16);
        if (code is >= 0x20 and < 0x7F) return match.Value;
        return match.Groups["before"].Value + (code < 0x20 ? $"\\u{code:x4}" : $"{(char)code}");
    });

    [GeneratedRegex(@"(?<!\\)(?<before>(?:\\\\)*)\\u(?<code>[0-9A-Fa-f]{4})")]
    private static partial Regex Escape();

    private string Decode()
    {
        const string Advice = "Save it as UTF-8, the only encoding of notebooks.";
        if (_content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) throw Refusal(1, "the file is in UTF-16.", Advice);
        try
        {
            return Utf8.GetString(_content);
        }
        catch (DecoderFallbackException exception)
        {
            var line = 1 + _content.AsSpan(0, Math.Clamp(exception.Index, 0, _content.Length)).Count((byte)'\n');
            throw Refusal(line, "the file is not UTF-8.", Advice);
        }
    }

    private (JsonNode? Root, IReadOnlyList<IReadOnlyList<int>> Lines) Parse(string text)
    {
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = CellOutput.MaxDepth, AllowDuplicateProperties = false };
            return (JsonNode.Parse(text, documentOptions: options), LinesOf(Utf8.GetBytes(text)));
        }
        catch (InvalidOperationException)
        {
            // The reader says no more than that.
            throw Refusal(null, "a string holds half of a surrogate pair, which is no text.");
        }
        catch (JsonException exception)
        {
            var line = (int)(exception.LineNumber ?? 0);
            var lines = text.Split('\n');
            if (line < lines.Length && lines[line].AsSpan().TrimStart().StartsWith("<<<<<<<"))
                throw Refusal(line + 1, "the file has a merge conflict.", "Resolve it in version control.");
            throw Refusal(line + 1, EarlyEnds.Any(exception.Message.Contains)
                ? "the JSON ends too early."
                : $"this is not JSON: {exception.Message.Split(" LineNumber:")[0]}");
        }
    }

    private JsonObject Notebook(JsonNode? root)
    {
        const string Conversion = "Convert it: jupyter nbconvert --to notebook --nbformat 4 <file>";
        if (root is not JsonObject notebook) throw NoNotebook($"it holds {Name(root)} instead of an object");
        if (notebook["nbformat"] is not { } version) throw NoNotebook("it has no \"nbformat\"");
        if (version is not JsonValue number || !number.TryGetValue(out double format) || format != 4)
            throw Refusal(1, $"this notebook has the format {version.ToJsonString()}; only nbformat 4 is read.", Conversion);
        if (notebook["cells"] is not JsonArray cells) throw NoNotebook($"\"cells\" is {Name(notebook["cells"])} instead of an array");
        foreach (var (index, cell) in cells.Index())
        {
            if (Problem(cell) is { } problem) throw Refusal(null, $"cell {index + 1} {problem}.");
        }

        return notebook;

        NotebookFormatException NoNotebook(string problem) => Refusal(
            1, $"this is not a notebook: {problem}.", "Check that this is the file you meant; a notebook starts with {\"cells\": [ … ].");
    }

    private NotebookFormatException Refusal(int? line, string problem, string advice = Restore) => new(_path, line, problem, advice);

    private static string? Problem(JsonNode? node)
    {
        if (node is not JsonObject cell) return $"is {Name(node)} instead of an object";
        if (cell["cell_type"]?.GetValueKind() != JsonValueKind.String) return "has no \"cell_type\"; it should be \"code\" or \"markdown\"";
        if (cell["source"] is { } source && MultilineText.Join(source) is null)
            return "has a \"source\" that is neither a string nor an array of strings";
        return cell["outputs"] is { } outputs and not JsonArray ? $"has \"outputs\" that are {Name(outputs)} instead of an array" : null;
    }

    private static string Name(JsonNode? node) => node?.GetValueKind() switch
    {
        null => "nothing",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        var kind => $"a {kind.Value.ToString().ToLowerInvariant()}",
    };

    // JsonNode knows no positions, and would find out about half a character only where it is looked at.
    private static List<List<int>> LinesOf(ReadOnlySpan<byte> json)
    {
        var cells = new List<List<int>>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = CellOutput.MaxDepth });
        int fileLine = 1, counted = 0;
        string? member = null, outer = null;
        while (reader.Read())
        {
            fileLine += json[counted..(int)reader.TokenStartIndex].Count((byte)'\n');
            counted = (int)reader.TokenStartIndex;
            var isKey = reader.TokenType == JsonTokenType.PropertyName;
            var isText = reader.TokenType == JsonTokenType.String && (reader.ValueIsEscaped || member == "source");
            var text = isKey || isText ? reader.GetString() : null;
            if (isKey && reader.CurrentDepth == 1) outer = text;
            else if (isKey && reader.CurrentDepth == 3) member = text;
            else if (outer != "cells") continue;
            else if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == 2) cells.Add([]);

            // A member of a cell: one string, or an array of them one level deeper.
            else if (isText && member == "source" && cells.Count > 0 && reader.CurrentDepth is 3 or 4)
                cells[^1].AddRange(Enumerable.Repeat(fileLine, text!.Count(c => c == '\n') + (text is [] or [.., '\n'] ? 0 : 1)));
        }

        return cells;
    }
}
