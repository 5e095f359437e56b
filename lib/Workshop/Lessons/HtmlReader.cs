using AngleSharp;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Workshop.Lessons;

/// <summary>Reads HTML of anybody as browsers do.</summary>
internal static class HtmlReader
{
    // Deeper than any output nests; what is deeper still stands beside, as in browsers. Writing it takes a call for each level.
    private static readonly HtmlParserOptions Options = new() { MaximumDepth = 256 };

    private static readonly IBrowsingContext Css = BrowsingContext.New(Configuration.Default.WithCss());

    public static IHtmlDocument Read(string html) => new HtmlParser(Options, Css).ParseDocument("<!doctype html><body>" + html);
}
