using System.Text.Json;

namespace NotebookEngine;

/// <summary>
/// Reads JSON (RFC 8259, strictly) into <see cref="JsonSyntax"/>. Written by hand because the framework's readers
/// neither keep the spelling of what they read nor say in an author's words what is wrong with a file.
/// </summary>
internal sealed class JsonSyntaxParser
{
    /// <summary>Real notebooks nest 20 levels; deeper than this, the recursion could overflow a small stack.</summary>
    public const int MaxDepth = 256;

    private const string FixSyntax = "Correct the JSON at this place, or restore the file from version control.";

    private readonly string _text;
    private readonly string? _path;
    private int _at;
    private int _depth;

    private JsonSyntaxParser(string text, string? path)
    {
        _text = text;
        _path = path;
    }

    /// <summary>Parses a whole text, which may start with a byte order mark.</summary>
    /// <exception cref="NotebookFormatException">The text is not JSON; the message says where.</exception>
    public static JsonSyntax Parse(string text, string? path) => new JsonSyntaxParser(text, path).ParseDocument();

    private JsonSyntax ParseDocument()
    {
        if (_text.StartsWith('\uFEFF')) _at = 1;
        SkipWhiteSpace();
        if (_at == _text.Length)
            throw Error(_at, "the file is empty.", "Restore it from version control, or save it again from its editor.");

        var root = ParseValue();
        SkipWhiteSpace();
        return _at == _text.Length ? root : throw Unexpected("the end of the file");
    }

    private JsonSyntax ParseValue()
    {
        if (_at == _text.Length) throw CutOff(_at);
        return _text[_at] switch
        {
            '{' => ParseContainer(JsonValueKind.Object, '}'),
            '[' => ParseContainer(JsonValueKind.Array, ']'),
            '"' => ParseString(),
            't' => ParseWord("true", JsonValueKind.True),
            'f' => ParseWord("false", JsonValueKind.False),
            'n' => ParseWord("null", JsonValueKind.Null),
            '-' or (>= '0' and <= '9') => ParseNumber(),
            _ => throw Unexpected("a value"),
        };
    }

    private JsonSyntax ParseContainer(JsonValueKind kind, char close)
    {
        if (++_depth > MaxDepth)
            throw Error(_at, $"the JSON nests deeper than {MaxDepth} levels.", "No notebook needs that; remove the output that holds it.");

        var container = new JsonSyntax(_text, kind, _at++);
        SkipWhiteSpace();
        if (!TryTake(close))
        {
            do
            {
                SkipWhiteSpace();
                container.Members.Add(kind == JsonValueKind.Object ? ParseMember() : new JsonSyntaxMember("", _at, ParseValue()));
                SkipWhiteSpace();
                if (_at == _text.Length) throw CutOff(container.Start);
            }
            while (TryTake(','));
            if (!TryTake(close)) throw Unexpected($"',' or '{close}'");
        }

        container.End = _at;
        _depth--;
        return container;
    }

    private JsonSyntaxMember ParseMember()
    {
        if (_at == _text.Length) throw CutOff(_at);
        if (_text[_at] != '"') throw Unexpected("a key in double quotes");
        var key = ParseString();
        SkipWhiteSpace();
        if (_at == _text.Length) throw CutOff(key.Start);
        if (!TryTake(':')) throw Unexpected("':'");
        SkipWhiteSpace();
        return new JsonSyntaxMember(key.StringValue, key.Start, ParseValue());
    }

    private JsonSyntax ParseString()
    {
        var start = _at++;
        while (true)
        {
            if (_at >= _text.Length) throw CutOff(start);
            switch (_text[_at++])
            {
                case '"':
                    return new JsonSyntax(_text, JsonValueKind.String, start) { End = _at };
                case '\\':
                    TakeEscape(start);
                    break;
                case < ' ':
                    throw Error(--_at, "a string holds a line break or another control character as it is.", FixSyntax);
                default:
                    break;
            }
        }
    }

    private void TakeEscape(int stringStart)
    {
        if (_at >= _text.Length) throw CutOff(stringStart);
        var c = _text[_at];
        var length = c == 'u' ? 5 : 1;
        if (!"\"\\/bfnrtu".Contains(c, StringComparison.Ordinal)) throw Error(_at - 1, $"'\\{c}' is no escape in JSON.", FixSyntax);
        for (var i = 1; i < length; i++)
        {
            if (_at + i >= _text.Length) throw CutOff(stringStart);
            if (!char.IsAsciiHexDigit(_text[_at + i])) throw Error(_at - 1, "'\\u' needs four hexadecimal digits.", FixSyntax);
        }

        _at += length;
    }

    private JsonSyntax ParseNumber()
    {
        var start = _at;
        _ = TryTake('-');
        if (!TryTake('0')) TakeDigits();
        if (TryTake('.')) TakeDigits();
        if (TryTake('e') || TryTake('E'))
        {
            if (!TryTake('+')) _ = TryTake('-');
            TakeDigits();
        }

        return new JsonSyntax(_text, JsonValueKind.Number, start) { End = _at };
    }

    private void TakeDigits()
    {
        if (_at == _text.Length) throw CutOff(_at);
        if (!char.IsAsciiDigit(_text[_at])) throw Unexpected("a digit");
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
    }

    private JsonSyntax ParseWord(string word, JsonValueKind kind)
    {
        var rest = _text.AsSpan(_at);
        if (!rest.StartsWith(word, StringComparison.Ordinal))
            throw word.AsSpan().StartsWith(rest, StringComparison.Ordinal) ? CutOff(_at) : Unexpected("a value");
        var syntax = new JsonSyntax(_text, kind, _at) { End = _at + word.Length };
        _at += word.Length;
        return syntax;
    }

    private void SkipWhiteSpace()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\n' or '\r') _at++;
    }

    private bool TryTake(char c)
    {
        if (_at == _text.Length || _text[_at] != c) return false;
        _at++;
        return true;
    }

    private NotebookFormatException Unexpected(string wanted)
    {
        if (_at == _text.Length) return CutOff(_at);
        var rest = _text.AsSpan(_at);
        if (rest.StartsWith("<<<<<<<") || rest.StartsWith("=======") || rest.StartsWith(">>>>>>>"))
            return Error(_at, "here is the mark of an unresolved merge conflict.", "Resolve the conflict, then try again.");
        if (rest.StartsWith("NaN") || rest.StartsWith("Infinity"))
            return Error(_at, "NaN and Infinity are not JSON.", "Remove the output that holds them, or write null.");
        if (rest[0] is '}' or ']' && _text.AsSpan(0, _at).TrimEnd().EndsWith(","))
            return Error(_at, $"a comma stands before '{rest[0]}'.", FixSyntax);
        return Error(_at, $"expected {wanted}, found '{rest[0]}'.", FixSyntax);
    }

    private NotebookFormatException CutOff(int opened)
    {
        var (line, column) = Position(opened);
        var where = opened == _text.Length ? "" : $" inside what starts at line {line}, column {column}";
        return Error(
            _text.Length,
            $"the file ends too early{where}: it was cut off.",
            "Restore it from version control, or save it again from its editor.");
    }

    private NotebookFormatException Error(int at, string problem, string advice)
    {
        var (line, column) = Position(at);
        return new NotebookFormatException(_path, line, column, problem, advice);
    }

    private (int Line, int Column) Position(int at)
    {
        var before = _text.AsSpan(0, at);
        return (1 + before.Count('\n'), at - before.LastIndexOf('\n'));
    }
}
