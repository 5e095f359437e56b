namespace NotebookEngine;

/// <summary>Turns any value into the forms that a front end can show.</summary>
public static class Formatter
{
    /// <summary>The value in the wanted mime types, or in all that it has.</summary>
    public static MimeBundle Format(object? value, IReadOnlyList<string>? mimeTypes = null)
    {
        _ = mimeTypes;
        if (value is IMimeBundleSource source) return source.ToMimeBundle();
        return value as MimeBundle ?? MimeBundle.PlainText(value?.ToString() ?? "null");
    }
}
