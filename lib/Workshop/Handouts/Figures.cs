using System.Reflection;
using System.Security.Cryptography;

namespace Workshop.Handouts;

/// <summary>
/// Charts on a page: the picture stands in it, and plotly.js, a file beside the pages, puts its figure there. Without that file, without
/// scripts and on paper the picture stays.
/// </summary>
internal static class Figures
{
    public const string FileName = "plotly.min.js";

    private static readonly Lazy<byte[]?> Plotly = new(Load);

    /// <summary>What <see cref="FileName"/> holds; null where it cannot be had.</summary>
    public static byte[]? PlotlyJs => Plotly.Value;

    public static string ToHtml(ChartSpec chart)
    {
        var figure = chart.IsInteractive ? $" data-figure=\"{Html.Text(chart.ToFigureJson())}\"" : "";
        return $"<div class=\"cn-chart\"{figure}>{ChartHtml.Image(chart)}\n{chart.ToTableHtml()}</div>\n";
    }

    /// <summary>The scripts that stand at a page's end; the browser runs those with the page's nonce and no others.</summary>
    public static string Scripts(string nonce) =>
        $"<script nonce=\"{nonce}\" src=\"{FileName}\"></script>\n{Template.Script("figures", nonce)}";

    /// <summary>A nonce that the page's own content cannot name, because it depends on all of it.</summary>
    public static string Nonce(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private static byte[]? Load()
    {
        try
        {
            // Its only resource with such a name; the file has no version of its own in its name.
            var assembly = Assembly.LoadFrom(RepositoryFile.Find("lib/bin/Plotly.NET.dll"));
            var name = assembly.GetManifestResourceNames().Single(resource => resource.EndsWith(".min.js", StringComparison.Ordinal));
            using var resource = new BinaryReader(assembly.GetManifestResourceStream(name)!);
            return resource.ReadBytes((int)resource.BaseStream.Length);
        }
        catch (FileNotFoundException)
        {
            return null; // The program was copied without the library beside it: the pages keep their pictures.
        }
    }
}
