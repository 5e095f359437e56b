using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Xhtml;
using Ganss.Xss;

namespace Workshop.Handouts;

/// <summary>
/// The one gate through which HTML of a notebook comes onto its page, an output's as what its Markdown became. What goes
/// in may be anybody's; what comes out is closed, runs nothing and loads nothing.
/// </summary>
internal sealed partial class NotebookHtml(
    Pictures pictures, PageHeadings headings, HandoutTexts texts, Func<string, (string? Url, string Path)> resolveLink)
{
    /// <summary>For a number and half a sentence why.</summary>
    private const int RuledLines = 2;

    private static readonly HtmlSanitizer Sanitizer = CreateSanitizer();

    public string? Lead { get; private set; }

    /// <summary>
    /// A piece of Markdown, with the pictures that its cell carries along, and maybe with room below each prediction, to write it down on
    /// paper. What the program itself has to say, <c>finish</c> adds to what is clean.
    /// </summary>
    public string OfMarkdown(
        string markdown, JsonObject? attachments = null, bool hasRoom = false, Action<IHtmlDocument>? finish = null)
    {
        var document = HtmlReader.Read(JupyterMarkdown.ToHtml(markdown));
        if (hasRoom) All(document, "p > strong:first-child").Where(start => start.TextContent == "Predict.").ToList().ForEach(Rule);
        var clean = Clean(document, attachments, isOutput: false);
        Lead ??= document.QuerySelector("p")?.TextContent.Trim();
        if (finish is null) return clean;
        finish(document);
        return document.Body!.InnerHtml;
    }

    /// <summary>The HTML of an output, without what a selector names; empty when nothing is left to see.</summary>
    public string OfOutput(string html, string? leftOut = null)
    {
        var document = HtmlReader.Read(html);
        if (leftOut is not null) RemoveAll(document, leftOut);
        var needsMore = document.QuerySelector("script, iframe, frame, object, embed, applet") is not null;
        var clean = Clean(document, attachments: null, isOutput: true);
        var isSeen = document.Body!.TextContent.Trim().Length > 0 || document.QuerySelector("img, audio, video, hr") is not null;
        if (!isSeen) return "";
        return needsMore ? $"{clean}<p class=\"note\">{Html.Text(texts["NeedsScript"])}</p>" : clean;
    }

    /// <summary>A picture in SVG, as a picture: no script in it runs, and it loads nothing.</summary>
    public string OfSvg(string svg) => OfOutput(svg[Math.Max(0, svg.IndexOf("<svg", StringComparison.Ordinal))..]);

    private string Clean(IHtmlDocument document, JsonObject? attachments, bool isOutput)
    {
        // Elements whose text is no text; of others that are not allowed, the content stays.
        RemoveAll(document, "script, style:not(svg style), title:not(svg title), template, iframe, frame, object, embed, applet");
        foreach (var svg in All(document, "svg")) Replace(svg, SvgPicture(document, svg));
        foreach (var element in All(document, "[id], a[name]")) KeepAnchor(element, isOutput);
        foreach (var heading in All(document, "h1, h2, h3, h4, h5, h6")) headings.Place(heading, isListed: !isOutput);
        foreach (var link in All(document, "a[href]")) Rewrite(document, link);
        foreach (var picture in All(document, "img")) Show(document, picture, attachments);
        foreach (var box in All(document, "input[type=checkbox]:checked")) Replace(box, document.CreateTextNode("☑"));
        foreach (var box in All(document, "input[type=checkbox]")) Replace(box, document.CreateTextNode("☐"));
        foreach (var code in All(document, "pre > code")) Colour(code);
        foreach (var pre in All(document, "pre")) pre.SetAttribute("tabindex", "0");
        foreach (var table in All(document, "table:not(table table)")) LetScroll(document, table);

        // Last, so that nothing above can let something in.
        Sanitizer.SanitizeDom(document, document.Body);
        return document.Body!.InnerHtml;
    }

    private static IHtmlElement SvgPicture(IHtmlDocument document, IElement svg)
    {
        if (!svg.HasAttribute("xmlns")) svg.SetAttribute("xmlns", "http://www.w3.org/2000/svg");
        var picture = document.CreateElement<IHtmlImageElement>();
        var words = svg.Children.Where(child => child.LocalName is "title" or "desc")
            .Select(child => child.TextContent.Trim().TrimEnd('.'));
        var xml = svg.ToHtml(XhtmlMarkupFormatter.Instance);
        picture.AlternativeText = string.Join(". ", words);
        picture.Source = "data:image/svg+xml;base64," + Convert.ToBase64String(Encoding.UTF8.GetBytes(xml));
        return picture;
    }

    // The anchors of a page belong to its text: an output could take one away from it.
    private void KeepAnchor(IElement element, bool isOutput)
    {
        var id = element.GetAttribute("id") ?? element.GetAttribute("name")!;
        element.RemoveAttribute("id");
        if (!isOutput && headings.TryTake(id)) element.Id = id;
    }

    private void Rewrite(IHtmlDocument document, IElement link)
    {
        var (url, path) = resolveLink(link.GetAttribute("href")!.Trim());
        if (url is not null) link.SetAttribute("href", url);

        // A file of the repository: on paper, or on another machine, its path is worth more than a dead link.
        else link.Replace(path.Length == 0 ? [.. link.ChildNodes]
            : [.. link.ChildNodes, document.CreateTextNode(" "), Remark(document, $"({path})")]);
    }

    private void Show(IHtmlDocument document, IElement picture, JsonObject? attachments)
    {
        var url = (picture.GetAttribute("src") ?? "").Trim();
        var words = picture.GetAttribute("alt") ?? "";
        if (Pictures.IsOnTheWeb(url))
        {
            var link = document.CreateElement("a");
            link.SetAttribute("href", url);
            link.TextContent = words.Length > 0 ? words : url;
            Replace(picture, link, document.CreateTextNode(" "), Remark(document, texts["WebPicture"]));
            return;
        }

        var (dataUri, problem) = pictures.Find(url, attachments);
        if (dataUri is not null) picture.SetAttribute("src", dataUri);
        else Replace(picture, document.CreateTextNode(words + " "), Remark(document, $"({problem})"));
    }

    private static void Colour(IElement code)
    {
        var language = code.ClassList.FirstOrDefault(name => name.StartsWith("language-", StringComparison.Ordinal))?[9..]
            .ToLowerInvariant();
        if (language is null) return;
        if (language is "csharp" or "cs" or "c#") code.InnerHtml = CSharpColours.ToHtml(code.TextContent);
        if (language is "python" or "py") code.InnerHtml = PythonColours.ToHtml(code.TextContent);
        code.ParentElement!.SetAttribute("data-language", language);
    }

    private static void Rule(IElement prediction)
    {
        var lines = Enumerable.Range(0, RuledLines).Select(_ => prediction.Owner!.CreateElement("div")).ToArray<INode>();
        foreach (var line in lines.OfType<IElement>()) line.ClassName = "ruled";
        prediction.ParentElement!.After(lines);
    }

    // A table that is wider than the screen scrolls by itself, and not the page.
    private static void LetScroll(IHtmlDocument document, IElement table)
    {
        var box = document.CreateElement("div");
        box.ClassName = "scroll";
        box.SetAttribute("tabindex", "0");
        table.Replace(box);
        box.AppendChild(table);
    }

    private static IElement Remark(IHtmlDocument document, string text)
    {
        var remark = document.CreateElement("span");
        remark.ClassName = "path";
        remark.TextContent = text;
        return remark;
    }

    private static List<IElement> All(IHtmlDocument document, string selector) => [.. document.Body!.QuerySelectorAll(selector)];

    private static void Replace(IElement element, params INode[] nodes) => element.Replace(nodes);

    private static void RemoveAll(IHtmlDocument document, string selector) => All(document, selector).ForEach(element => element.Remove());

    private static HtmlSanitizer CreateSanitizer()
    {
        var sanitizer = new HtmlSanitizer { KeepChildNodes = true, DisallowCssPropertyValue = Loading() };
        sanitizer.AllowedTags.ExceptWith(["body", "button", "fieldset", "form", "html", "input", "label", "legend", "main", "optgroup",
            "option", "select", "textarea", "head", "datalist", "keygen", "menuitem", "output"]);
        sanitizer.AllowedTags.UnionWith(["audio", "source", "video"]);
        sanitizer.AllowedAttributes.ExceptWith(
            ["action", "background", "draggable", "enctype", "contenteditable", "method", "name", "usemap"]);
        sanitizer.AllowedAttributes.UnionWith(["aria-hidden", "aria-label", "class", "controls", "data-language", "id", "role", "scope"]);
        sanitizer.AllowedClasses.UnionWith(["c", "k", "kc", "m", "n", "path", "pp", "ruled", "s", "scroll", "t"]);
        sanitizer.AllowedSchemes.UnionWith(["ftp", "mailto"]);

        // How it looks, but not where it stands: nothing leaves its place, or lies over the text beside it.
        string[] looks = ["background-color", "border", "color", "font", "line-height", "padding", "text-align", "text-decoration",
            "vertical-align", "white-space", "width"];
        sanitizer.AllowedCssProperties.ExceptWith([.. sanitizer.AllowedCssProperties.Where(
            property => !Array.Exists(looks, look => property.StartsWith(look, StringComparison.Ordinal)))]);
        sanitizer.FilterUrl += (_, url) =>
        {
            var isData = url.OriginalUrl.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
            if (url.Tag is not IHtmlAnchorElement) url.SanitizedUrl = isData ? url.OriginalUrl : null;
        };
        return sanitizer;
    }

    [GeneratedRegex(@"[<>]|\burl\b|image|cross-fade|element", RegexOptions.IgnoreCase)]
    private static partial Regex Loading();
}
