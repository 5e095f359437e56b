namespace ConcurrencyNotebooks;

/// <summary>Makes the formatters of every type of this library that renders itself; hosts find it through <see cref="TypeFormatterSourceAttribute"/>.</summary>
public sealed class OutputFormatterSource
{
    /// <summary>One formatter for each mime type.</summary>
#pragma warning disable CA1822 // The convention wants an instance method.
    public IEnumerable<object> CreateTypeFormatters() =>
#pragma warning restore CA1822
    [
        new OutputFormatter("text/html", value => value is IRichOutput rich ? rich.ToHtml() : Html($"{value}"), Html),
        new OutputFormatter("image/svg+xml", value => value is Picture picture ? picture.ToSvg() : Svg($"{value}"), Svg),
        new OutputFormatter("text/plain", value => $"{value}", text => text),

        // Last: hosts show the first form that they know, and this one is for programs.
        new OutputFormatter(ICarriesJson.MimeType, value => (value as ICarriesJson)?.ToJson() ?? "[]", _ => "[]"),
    ];

    private static string Html(string text) => $"<pre>{Canvas.Escape(text)}</pre>";

    private static string Svg(string text) =>
        $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 30" width="600"><text x="6" y="20" font-size="14">{Canvas.Escape(text)}</text></svg>""";
}
