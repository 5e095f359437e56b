using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Workshop.Lessons;

/// <summary>Reads HTML of anybody as browsers do. HTML that only nests is read as the text that it is.</summary>
internal static class HtmlReader
{
    // Deeper than any output nests. Browsers cut at 512, reading takes the square of the depth, and writing a call for each level.
    private const int MaxDepth = 256;

    private static readonly IBrowsingContext Css = BrowsingContext.New(Configuration.Default.WithCss());

    public static IHtmlDocument Read(string html)
    {
        const string Start = "<!doctype html><body>";
        try
        {
            return Parser().ParseDocument(Start + html);
        }
        catch (TooDeepException)
        {
            var document = Parser().ParseDocument($"{Start}<pre>");
            document.QuerySelector("pre")!.TextContent = html;
            return document;
        }
    }

    private static HtmlParser Parser()
    {
        INode? previous = null;
        return new HtmlParser(new HtmlParserOptions { OnCreated = (element, _) => Watch(element) }, Css);

        // An element is told before it has its place, so each time the one before is looked at.
        void Watch(INode element)
        {
            var depth = 0;
            for (var node = previous; node is not null; node = node.Parent)
            {
                if (++depth > MaxDepth) throw new TooDeepException();
            }

            previous = element;
        }
    }

    private sealed class TooDeepException : Exception;
}
