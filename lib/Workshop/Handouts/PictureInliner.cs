using System.Text.RegularExpressions;

namespace Workshop.Handouts;

/// <summary>Puts the pictures beside a notebook into its page, so that the page is whole wherever it is copied.</summary>
internal sealed partial class PictureInliner(string directory)
{
    private static readonly Dictionary<string, string> MimeTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".webp"] = "image/webp",
    };

    /// <summary>The pictures that were asked for and are not there.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>A picture as a <c>data:</c> URI; null, and noted as missing, when there is no such file.</summary>
    public string? ToDataUri(string url)
    {
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase)) return url;
        var path = Path.Combine(directory, Uri.UnescapeDataString(url.Split('?', '#')[0]));
        if (MimeTypes.TryGetValue(Path.GetExtension(path), out var mimeType) && File.Exists(path))
            return $"data:{mimeType};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}";

        Missing.Add(url);
        return null;
    }

    /// <summary>Puts the pictures of <c>img</c> elements inside.</summary>
    public string InlineAll(string html) => ImageSource().Replace(html, match =>
        ToDataUri(match.Groups["url"].Value) is { } uri ? $"{match.Groups["before"].Value}\"{uri}\"" : match.Value);

    [GeneratedRegex("""(?<before><img\b[^>]*?\bsrc\s*=\s*)(?<quote>["'])(?<url>.*?)\k<quote>""", RegexOptions.IgnoreCase)]
    private static partial Regex ImageSource();
}
