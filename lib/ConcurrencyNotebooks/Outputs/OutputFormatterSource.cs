namespace ConcurrencyNotebooks;

/// <summary>
/// Makes the formatters of every type of this library that renders itself; hosts find it through <see
/// cref="TypeFormatterSourceAttribute"/>.
/// </summary>
public sealed class OutputFormatterSource
{
    /// <summary>One formatter for each mime type.</summary>
#pragma warning disable CA1822 // The convention wants an instance method.
    public IEnumerable<object> CreateTypeFormatters() =>
#pragma warning restore CA1822
    [
        new OutputFormatter("text/html", value => value is IRichOutput rich ? rich.ToHtml() : Html($"{value}"), Html),
        new OutputFormatter("text/plain", value => $"{value}", text => text),

        // Last: hosts show the first form that they know, and these are for programs.
        new OutputFormatter(IRichOutput.ChartMimeType, value => (value as IRichOutput)?.ChartAsJson ?? "{}", _ => "{}"),
        new OutputFormatter(IRichOutput.ClaimsMimeType, value => (value as IRichOutput)?.ClaimsAsJson ?? "[]", _ => "[]"),
    ];

    private static string Html(string text) => $"<pre>{Markup.Escape(text)}</pre>";
}
