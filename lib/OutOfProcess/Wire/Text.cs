namespace OutOfProcess;

/// <summary>Cuts text without cutting a character.</summary>
internal static class Text
{
    /// <summary>The text, or its beginning and an ellipsis: at most so many letters together.</summary>
    public static string Shorten(string text, int length)
    {
        if (text.Length <= length)
            return text;
        var end = length - 1;
        return $"{text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)}…";
    }
}
