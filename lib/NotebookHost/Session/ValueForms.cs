namespace NotebookHost;

/// <summary>The forms of a value as .NET Interactive shows it, within limits, and never with an exception.</summary>
internal static class ValueForms
{
    /// <summary>More than a page can hold without becoming slow; the package has no limit, and a Process comes near it.</summary>
    private const int MaxHtml = 500_000, MaxText = 100_000;

    /// <summary>The forms of a value; where no types are named, those that its own type prefers.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "whatever a formatter throws, its cell continues and the output says so")]
    public static IReadOnlyList<FormattedValue> Of(object? value, params string[] mimeTypes)
    {
        try
        {
            return [.. FormattedValue.CreateManyFromObject(value, mimeTypes).Select(Limit)];
        }
        catch (Exception exception)
        {
            var text = $"The formatter of {value?.GetType()} failed: {exception.GetType().Name}: {exception.Message}\n{TextOf(value)}";
            return [new FormattedValue("text/plain", text)];
        }
    }

    /// <summary>The beginning of a long text, never cut inside a character.</summary>
    public static string Cut(string text)
    {
        if (text.Length <= MaxText) return text;
        var start = text[..(char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText)];
        return FormattableString.Invariant($"{start}\n… {text.Length - MaxText:N0} more characters were cut.");
    }

    private static FormattedValue Limit(FormattedValue form) => (form.MimeType, form.Value.Length) switch
    {
        ("text/html", > MaxHtml and var length) => new("text/plain", FormattableString.Invariant(
            $"This value is {length:N0} characters of HTML, more than the {MaxHtml:N0} that a cell shows. Display a part of it.")),
        ("text/plain", _) => new(form.MimeType, Cut(form.Value)),
        // The package writes its style sheet with the line ends of another system.
        ("text/html", _) => new(form.MimeType, form.Value.Replace("\r\n", "\n", StringComparison.Ordinal)),
        _ => form,
    };

    [SuppressMessage("Design", "CA1031", Justification = "a ToString that throws is said, like the formatter before it")]
    private static string? TextOf(object? value)
    {
        try
        {
            return value?.ToString();
        }
        catch (Exception exception)
        {
            return $"Its ToString failed too: {exception.GetType().Name}: {exception.Message}";
        }
    }
}
