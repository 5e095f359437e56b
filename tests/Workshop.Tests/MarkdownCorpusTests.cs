using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Workshop.Handouts;

namespace Workshop.Tests;

/// <summary>
/// Small pieces of Markdown, each with what Jupyter makes of it: nbconvert, which makes pages of notebooks, and the front
/// end, which shows them. Recorded by MarkdownCorpus/record.py.
/// </summary>
public sealed partial class MarkdownCorpusTests
{
    /// <summary>Where the two of Jupyter differ from each other, a page may be as either; where it is as neither, here is why.</summary>
    private static readonly Dictionary<string, string> Neither = new()
    {
        ["$$\na_1\n- b\n$$"] = "The dollars are kept, as by nbconvert, but in a paragraph, so that they have room around them.",
        ["`a|b` | c\n--- | ---\n1 | 2"] = "Both tear the code apart at its bar, each in its way; the parser keeps it whole.",
    };

    public static TheoryData<string, string, string> Pieces
    {
        get
        {
            using var corpus = JsonDocument.Parse(File.ReadAllText(Workspace.TestFile("MarkdownCorpus", "corpus.json")));
            var pieces = new TheoryData<string, string, string>();
            foreach (var piece in corpus.RootElement.EnumerateArray())
                pieces.Add(piece.GetProperty("markdown").GetString()!, piece.GetProperty("nbconvert").GetString()!,
                    piece.GetProperty("frontEnd").GetString()!);
            return pieces;
        }
    }

    [Theory]
    [MemberData(nameof(Pieces), DisableDiscoveryEnumeration = true)]
    public void A_page_shows_what_Jupyter_shows(string markdown, string nbconvert, string frontEnd)
    {
        var html = Render(markdown);

        if (Neither.ContainsKey(markdown)) Normal(html).Should().NotBe(Normal(nbconvert)).And.NotBe(Normal(frontEnd));
        else Normal(html).Should().BeOneOf(Normal(nbconvert), Normal(frontEnd));

        // The front end gives anchors only afterwards, and as nbconvert.
        if (Normal(html) == Normal(nbconvert)) Anchors(html).Should().Equal(Anchors(nbconvert));
    }

    private static IEnumerable<string> Anchors(string html) => new HtmlParser().ParseDocument("<body>" + html)
        .QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(heading => Uri.UnescapeDataString(heading.Id ?? ""));


    private static string Render(string markdown)
    {
        var gate = new NotebookHtml("", new PageHeadings([]), HandoutTexts.For(null), url => (url, url));

        // Below a title and a heading of each level, so that a page need not change the level of the next.
        _ = gate.OfMarkdown("# 1.\n## 2.\n### 3.\n#### 4.\n##### 5.");
        return gate.OfMarkdown(markdown);
    }

    /// <summary>Elements, text and the attributes that mean something; not how the code is coloured or an anchor is drawn.</summary>
    private static string Normal(string html)
    {
        var document = new HtmlParser().ParseDocument("<body>" + html);
        foreach (var extra in document.QuerySelectorAll("a.anchor-link, :is(h1, h2, h3, h4, h5, h6) > span[id]").ToList()) extra.Remove();
        foreach (var wrapper in document.QuerySelectorAll("pre span, div.scroll, div.highlight, pre > code, span.path")
            .ToList()) wrapper.Replace([.. wrapper.ChildNodes]);
        foreach (var box in document.QuerySelectorAll("input[type=checkbox]").ToList()) box.Replace(
            document.CreateTextNode(box.HasAttribute("checked") ? "☑" : "☐"));
        var text = Spaces().Replace(string.Concat(document.Body!.ChildNodes.Select(Write)), " ");
        return AroundBlocks().Replace(text, "$1").Replace("h1>", "h2>", StringComparison.Ordinal).Trim();
    }

    private static string Write(INode node) => node switch
    {
        IText text => text.Data.Replace("<", "&lt;", StringComparison.Ordinal),
        IElement element => $"<{element.LocalName}{Attributes(element)}>"
            + $"{string.Concat(element.ChildNodes.Select(Write))}</{element.LocalName}>",
        _ => "",
    };

    private static string Attributes(IElement element)
    {
        string[] kept = ["href", "src", "alt", "title", "start", "align"];
        var attributes = kept.Select(name => (Name: name, Value: element.GetAttribute(name))).Where(a => a.Value is not null)
            .Select(a => $" {a.Name}={Uri.UnescapeDataString(a.Value!)}").ToList();

        if (element.LocalName is "td" or "th" && element.GetAttribute("style") is { } style) attributes.Add(
            " align=" + style.Split(':')[1].Trim(' ', ';'));
        return string.Concat(attributes);
    }

    [GeneratedRegex(@"\s*(</?(?:p|div|ul|ol|li|table|thead|tbody|tr|th|td|h\d|blockquote|pre|hr|br|details|summary)\b[^>]*>)\s*")]
    private static partial Regex AroundBlocks();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
