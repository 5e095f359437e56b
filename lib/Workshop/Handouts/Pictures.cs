namespace Workshop.Handouts;

/// <summary>Puts the pictures beside a notebook into its page, so that the page is whole wherever it is copied.</summary>
internal sealed class Pictures(string directory, HandoutTexts texts)
{
    private static readonly string[] Kinds = ["apng", "avif", "bmp", "gif", "jpeg", "png", "svg+xml", "webp", "x-icon"];

    /// <summary>A sentence for each picture that was asked for and cannot be shown.</summary>
    public List<string> Problems { get; } = [];

    public static bool IsShown(string mimeType) => mimeType.StartsWith("image/", StringComparison.Ordinal) && Kinds.Contains(mimeType[6..]);

    /// <summary>Whether a picture is on the web, from where a page never loads.</summary>
    public static bool IsOnTheWeb(string url) =>
        url.StartsWith("//", StringComparison.Ordinal)
        || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https");

    /// <summary>A picture as a <c>data:</c> URI, or the sentence why it cannot be shown.</summary>
    public (string? DataUri, string Problem) Find(string url, JsonObject? attachments)
    {
        if (url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase)) return (url, "");
        const string Attachment = "attachment:";
        var found = url.StartsWith(Attachment, StringComparison.OrdinalIgnoreCase)
            ? Attached(attachments?[Uri.UnescapeDataString(url[Attachment.Length..])])
            : Read(Uri.UnescapeDataString(url.Split('?', '#')[0]));
        if (found is not null) return (found, "");
        var problem = texts.Format("NoPicture", url);
        Problems.Add(problem);
        return (null, problem);
    }

    private static string? Attached(JsonNode? forms)
    {
        foreach (var (mimeType, content) in forms as JsonObject ?? [])
        {
            if (IsShown(mimeType) && MultilineText.TryJoin(content, out var data))
                return $"data:{mimeType};base64,{data.ReplaceLineEndings("")}";
        }

        return null;
    }

    private string? Read(string path)
    {
        var mimeType = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".jpg" => "image/jpeg",
            ".svg" => "image/svg+xml",
            ".ico" => "image/x-icon",
            var extension => "image/" + extension.TrimStart('.'),
        };
        if (path.Contains('\0', StringComparison.Ordinal) || !IsShown(mimeType)) return null;
        try
        {
            return RegularFile.Read(Path.Combine(directory, path)) is { Length: > 0 } content
                ? $"data:{mimeType};base64,{Convert.ToBase64String(content)}" : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null; // Not there, or not readable: the page says so in the picture's place.
        }
    }
}
