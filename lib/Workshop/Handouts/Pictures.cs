namespace Workshop.Handouts;

/// <summary>Pictures as <c>data:</c> URIs, so that a page is whole wherever it is copied.</summary>
internal static class Pictures
{
    private static readonly string[] Kinds = ["apng", "avif", "bmp", "gif", "jpeg", "png", "svg+xml", "webp", "x-icon"];

    public static bool IsShown(string mimeType) => mimeType.StartsWith("image/", StringComparison.Ordinal) && Kinds.Contains(mimeType[6..]);

    /// <summary>Whether a picture is on the web, from where a page never loads.</summary>
    public static bool IsOnTheWeb(string url) =>
        url.StartsWith("//", StringComparison.Ordinal)
        || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https");

    /// <summary>The picture of an address: of its own, among the attachments, or a file of the folder; null where there is none.</summary>
    public static string? Find(string url, JsonObject? attachments, string folder)
    {
        const string Attachment = "attachment:";
        if (url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase)) return url;
        return url.StartsWith(Attachment, StringComparison.OrdinalIgnoreCase)
            ? Attached(attachments?[Uri.UnescapeDataString(url[Attachment.Length..])])
            : Read(folder, Uri.UnescapeDataString(url.Split('?', '#')[0]));
    }

    private static string? Attached(JsonNode? forms) => (
        from form in forms as JsonObject ?? []
        let data = MultilineText.Join(form.Value)
        where IsShown(form.Key) && data is not null
        select $"data:{form.Key};base64,{data.ReplaceLineEndings("")}").FirstOrDefault();

    private static string? Read(string folder, string path)
    {
        var extension = Path.GetExtension(path).TrimStart('.').ToLowerInvariant();
        var mimeType = "image/" + extension switch { "jpg" => "jpeg", "svg" => "svg+xml", "ico" => "x-icon", _ => extension };
        if (path.Contains('\0', StringComparison.Ordinal) || !IsShown(mimeType)) return null;
        try
        {
            var content = RegularFile.Read(Path.Combine(folder, path));
            return content.Length > 0 ? $"data:{mimeType};base64,{Convert.ToBase64String(content)}" : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null; // Not there, or not readable: the page says so in the picture's place.
        }
    }
}
