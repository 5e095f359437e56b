using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace NotebookEngine;

/// <summary>
/// Takes the picture of a value. Code of the value that runs here (getters, enumerators, <c>ToString</c>) may throw:
/// the error then stands in its place. What it cannot help is a getter that never returns.
/// </summary>
[SuppressMessage("Design", "CA1031", Justification = "a value's own code may throw anything, and the rest is still worth showing")]
internal sealed partial class ValueReader(FormattingLimits limits, object? root)
{
    /// <summary>What a node costs besides its text, so that a million empty objects reach the limit as well.</summary>
    private const int NodeCost = 8;

    private readonly List<object> _path = [];
    private int _room = limits.Size;

    /// <summary>The value, within the limits.</summary>
    public FormattedNode Read(object? value)
    {
        if (value is null) return Text(new TextNode("null", TextRole.Note));
        _room -= NodeCost;
        if (_room <= 0) return new TextNode("…", TextRole.Note);
        try
        {
            return ScalarText.Of(value) is { } scalar ? Text(scalar) : ReadParts(value);
        }
        catch (Exception exception)
        {
            return Failed(exception);
        }
    }

    private FormattedNode ReadParts(object value)
    {
        if (value is byte[] bytes) return Text(new TextNode(Hex(bytes)));
        if (!value.GetType().IsValueType && _path.Exists(outer => ReferenceEquals(outer, value)))
            return Text(new TextNode($"(cycle: the {TypeNames.Of(value.GetType())} above)", TextRole.Note));
        if (_path.Count >= limits.Depth)
            return Text(new TextNode($"{TypeNames.Of(value.GetType())} … (deeper than {limits.Depth} levels)", TextRole.Note));

        _path.Add(value);
        try
        {
            // The root's own formatters were asked before, and have not given everything.
            return !ReferenceEquals(value, root) && FormatterConvention.TryFormat(value) is { } own ? Fragment(own, value)
                : value switch
                {
                    IMimeBundleSource source => Fragment(source.ToMimeBundle()),
                    MimeBundle bundle => Fragment(bundle),
                    Exception exception => ReadException(exception),
                    Task task => ReadTask(task),
                    ITuple tuple => ReadTuple(tuple),
                    _ => TryReadEnumerable(value) ?? ReadObject(value),
                };
        }
        finally
        {
            _path.RemoveAt(_path.Count - 1);
        }
    }

    private FormattedNode ReadObject(object value)
    {
        var type = value.GetType();
        var name = TypeNames.Of(type);
        if (IsSlow(type)) return Text(new TextNode(name));

        var reader = MemberReader.For(type);
        var ownText = reader.HasOwnText ? OwnText(value) : null;
        if (reader.Members.Count == 0) return ownText ?? Text(new TextNode(name));
        if (ownText is { Role: TextRole.Error }) return ownText;

        var members = new List<(string, FormattedNode)>();
        foreach (var (memberName, get) in reader.Members.Take(limits.Members))
        {
            if (_room <= 0) return new ObjectNode(name, ownText?.Text, members, SizeLimit);
            _room -= memberName.Length;
            members.Add((memberName, ReadMember(value, get)));
        }

        var left = reader.Members.Count - members.Count;
        return new ObjectNode(name, ownText?.Text, members, left > 0 ? More(left, "members") : null);
    }

    /// <summary>Types whose getters compute or block: a <c>Lazy</c> would run its factory, a <c>ValueTask</c> would wait.</summary>
    private static bool IsSlow(Type type) =>
        type == typeof(ValueTask)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is var definition
            && (definition == typeof(Lazy<>) || definition == typeof(ValueTask<>)));

    private FormattedNode ReadMember(object owner, Func<object, object?> get)
    {
        try
        {
            return Read(get(owner));
        }
        catch (Exception exception)
        {
            return Failed(exception);
        }
    }

    private TextNode OwnText(object value)
    {
        try
        {
            return Text(new TextNode(value.ToString() ?? ""));
        }
        catch (Exception exception)
        {
            return Failed(exception);
        }
    }

    private ObjectNode ReadTask(Task task)
    {
        var members = new List<(string, FormattedNode)> { (nameof(Task.Status), Read(task.Status)) };
        if (task.IsFaulted) members.Add((nameof(Task.Exception), Read(task.Exception.InnerException)));

        // An async method's task is a subclass, and one without a result has a result that nobody may see.
        var type = task.GetType();
        while (type.BaseType is { } parent && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>)) && parent != typeof(object))
            type = parent;
        var hasResult = type.IsGenericType && type.GetGenericArguments()[0].Name != "VoidTaskResult";
        if (hasResult && task.IsCompletedSuccessfully)
            members.Add(("Result", Read(type.GetProperty("Result")!.GetValue(task))));
        return new ObjectNode(hasResult ? TypeNames.Of(type) : "Task", null, members, null);
    }

    private TupleNode ReadTuple(ITuple tuple) =>
        new([.. Enumerable.Range(0, Math.Min(tuple.Length, limits.Items)).Select(i => Read(tuple[i]))]);

    private ExceptionNode ReadException(Exception exception)
    {
        var headline = Text(new TextNode($"{exception.GetType().FullName}: {exception.Message}")).Text;
        return new ExceptionNode(headline, Text(new TextNode(exception.ToString())).Text);
    }

    private FragmentNode Fragment(MimeBundle bundle, object? value = null)
    {
        var plain = bundle["text/plain"] ?? bundle["text/markdown"]
            ?? (value is null ? "" : PlainTextWriter.Write(ReadObject(value)));
        var html = bundle["text/html"] ?? bundle["image/svg+xml"] ?? HtmlText.Preformatted(plain);
        _room -= html.Length + plain.Length;
        return _room > 0
            ? new FragmentNode(html, plain)
            : new FragmentNode(HtmlText.Preformatted(SizeLimit), SizeLimit);
    }

    private TextNode Failed(Exception exception)
    {
        // Reflection wraps what a getter throws.
        var cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
        string message;
        try
        {
            message = cause.Message;
        }
        catch (Exception)
        {
            message = "(its message cannot be read)";
        }

        return Text(new TextNode($"⚠ {cause.GetType().Name}: {message}", TextRole.Error));
    }

    private TextNode Text(TextNode node)
    {
        var allowed = Math.Max(0, Math.Min(limits.TextLength, _room));
        _room -= Math.Min(node.Text.Length, allowed);
        if (node.Text.Length <= allowed) return node;

        // Not between the halves of a character.
        if (allowed > 0 && char.IsHighSurrogate(node.Text[allowed - 1])) allowed--;
        return node with { Text = $"{node.Text[..allowed]}… ({Count(node.Text.Length - allowed)} more characters)" };
    }

    private string Hex(byte[] bytes)
    {
        var shown = string.Join(' ', bytes.Take(limits.Bytes).Select(b => b.ToString("X2", CultureInfo.InvariantCulture)));
        var more = bytes.Length > limits.Bytes ? $" {More(bytes.Length - limits.Bytes)}" : "";
        return bytes.Length == 0 ? "byte[0]" : $"byte[{Count(bytes.Length)}] {shown}{more}";
    }

    private string SizeLimit => $"… (cut here: more than {Count(limits.Size)} characters)";

    private static string More(long count, string? what = null) => $"… ({Count(count)} more{(what is null ? "" : " " + what)})";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
