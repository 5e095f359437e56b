using System.Diagnostics.CodeAnalysis;

namespace NotebookEngine;

/// <summary>
/// Turns any value into the forms that a front end can show: what the value's type says through the formatter
/// convention, else HTML and plain text of its parts. Never throws for what a value does; thread-safe as far as the value
/// is. A property that never returns is not survived: it holds up its cell.
/// </summary>
public static class Formatter
{
    private const string Html = "text/html";
    private const string PlainText = "text/plain";

    /// <summary>
    /// A value's formatter may format its parts with this class, and a part may be the value itself: without a limit that
    /// would fill the stack, or take for ever where each level does it twice.
    /// </summary>
    private const int MaxNesting = 6;

    [ThreadStatic]
    private static int _nesting;

    /// <summary>The value in the wanted mime types.</summary>
    /// <param name="value">Anything, null too.</param>
    /// <param name="mimeTypes">What the bundle shall hold, no more; null or none means all that the value prefers.</param>
    /// <param name="limits">How much is shown; null means <see cref="FormattingLimits.Default"/>.</param>
    [SuppressMessage("Design", "CA1031", Justification = "whatever a value does, its cell goes on")]
    public static MimeBundle Format(object? value, IReadOnlyList<string>? mimeTypes = null, FormattingLimits? limits = null)
    {
        if (_nesting == MaxNesting) return MimeBundle.PlainText("… (formatters nest too deep)");
        _nesting++;
        try
        {
            return Select(value, mimeTypes ?? [], limits ?? FormattingLimits.Default);
        }
        catch (Exception exception)
        {
            return MimeBundle.PlainText($"⚠ This value cannot be shown: {exception.GetType().Name}: {exception.Message}");
        }
        finally
        {
            _nesting--;
        }
    }

    private static MimeBundle Select(object? value, IReadOnlyList<string> mimeTypes, FormattingLimits limits)
    {
        var ready = value is IMimeBundleSource source ? source.ToMimeBundle() : value as MimeBundle;
        if (ready is not null) return mimeTypes.Count == 0 ? ready : Choose(value!, ready, mimeTypes);
        if (value is null || FormatterConvention.Of(value.GetType()) is not { Exists: true } convention)
        {
            var defaults = Defaults(value, limits, []);
            return mimeTypes.Count == 0 ? defaults : Choose(value, defaults, mimeTypes);
        }

        return FormatByConvention(value, convention, mimeTypes, limits);
    }

    private static MimeBundle FormatByConvention(
        object value, FormatterConvention convention, IReadOnlyList<string> mimeTypes, FormattingLimits limits)
    {
        var warnings = new List<string>(convention.Warnings);
        var own = new MimeBundle();
        foreach (var mimeType in mimeTypes.Count > 0 ? mimeTypes : convention.PreferredMimeTypes)
        {
            if (convention.TryWrite(value, mimeType, out var content, out var warning)) own.Add(mimeType, content);
            else if (warning is not null) warnings.Add(warning);
        }

        // Whoever has only ToHtml, or something broken, still needs the forms that every front end reads.
        var complete = own.Count > 0 && warnings.Count == 0 && (own[PlainText] is not null || convention.MimeTypes.Contains(PlainText));
        if (!complete)
        {
            foreach (var (mimeType, content) in Defaults(value, limits, warnings))
            {
                if (own[mimeType] is null) own.Add(mimeType, content);
                else if (warnings.Count > 0) own.Add(mimeType, Warn(mimeType, own[mimeType]!, warnings));
            }
        }

        return mimeTypes.Count == 0 ? own : Choose(value, own, mimeTypes);
    }

    private static MimeBundle Defaults(object? value, FormattingLimits limits, List<string> warnings)
    {
        var node = new ValueReader(limits, value).Read(value);
        return new MimeBundle
        {
            { Html, Warn(Html, HtmlWriter.Write(node), warnings) },
            { PlainText, Warn(PlainText, PlainTextWriter.Write(node), warnings) },
        };
    }

    private static string Warn(string mimeType, string content, List<string> warnings)
    {
        if (warnings.Count == 0) return content;
        var text = $"⚠ {string.Join("; ", warnings)}.";
        return mimeType == Html ? $"<p><b>{HtmlText.Escape(text)}</b></p>{content}" : $"{text}\n{content}";
    }

    private static MimeBundle Choose(object? value, MimeBundle all, IReadOnlyList<string> mimeTypes)
    {
        var chosen = new MimeBundle { Metadata = all.Metadata };
        List<string> unknown = [];
        foreach (var mimeType in mimeTypes)
        {
            if (mimeType is not null && all.TryGet(mimeType, out var content)) chosen.Add(mimeType, content);
            else unknown.Add(mimeType ?? "null");
        }

        if (unknown.Count == 0) return chosen;
        var name = value is null ? "null" : TypeNames.Of(value.GetType());
        var offered = string.Join(", ", all.MimeTypes);
        var error = $"⚠ {name} cannot be shown as {string.Join(", ", unknown)}; it can be shown as {offered}.";
        chosen.Add(PlainText, chosen[PlainText] is { } text ? $"{error}\n{text}" : error);
        return chosen;
    }
}
