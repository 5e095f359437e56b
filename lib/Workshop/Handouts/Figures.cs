using System.Reflection;
using System.Security.Cryptography;

namespace Workshop.Handouts;

/// <summary>
/// Charts on a page: the picture stands in it, and plotly.js, a file beside the pages, puts its figure there. Without that file, without
/// scripts and on paper the picture stays.
/// </summary>
internal static class Figures
{
    /// <summary>The name of plotly.js beside the pages.</summary>
    public const string FileName = "plotly.min.js";

    private const string Script =
        """
        document.querySelectorAll(window.Plotly ? '.cn-chart[data-figure]' : '.none').forEach(chart => {
          const figure = JSON.parse(chart.dataset.figure.replaceAll('#1f2937', getComputedStyle(chart).color));
          const picture = chart.firstElementChild, place = document.createElement('div');
          place.className = 'cn-figure';
          chart.prepend(place);
          Plotly.newPlot(place, figure.data, figure.layout, { responsive: true, displaylogo: false })
            .then(() => picture.classList.add('cn-paper'), () => place.remove());
        });
        """;

    // Its only resource with such a name; the file has no version of its own in its name.
    private static readonly Lazy<byte[]?> Plotly = new(() =>
    {
        try
        {
            var assembly = Assembly.LoadFrom(RepositoryFile.Find("lib/bin/Plotly.NET.dll"));
            var name = assembly.GetManifestResourceNames().Single(resource => resource.EndsWith(".min.js", StringComparison.Ordinal));
            using var resource = assembly.GetManifestResourceStream(name)!;
            var script = new byte[resource.Length];
            resource.ReadExactly(script);
            return script;
        }
        catch (FileNotFoundException)
        {
            return null; // The program was copied without the library beside it: the pages keep their pictures.
        }
    });

    /// <summary>What <see cref="FileName"/> holds; null where it cannot be had.</summary>
    public static byte[]? PlotlyJs => Plotly.Value;

    /// <summary>A chart as HTML.</summary>
    public static string ToHtml(ChartSpec chart)
    {
        var figure = chart.IsInteractive ? $" data-figure=\"{Html.Text(chart.ToFigureJson())}\"" : "";
        return $"<div class=\"cn-chart\"{figure}>{ChartHtml.Image(chart)}\n{chart.ToTableHtml()}</div>\n";
    }

    /// <summary>The scripts that stand at a page's end; the browser runs those with the page's nonce and no others.</summary>
    public static string Scripts(string nonce) =>
        $"<script nonce=\"{nonce}\" src=\"{FileName}\"></script>\n<script nonce=\"{nonce}\">\n{Script}\n</script>\n";

    /// <summary>A nonce that the page's own content cannot name, because it depends on all of it.</summary>
    public static string Nonce(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}
