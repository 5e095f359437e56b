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
    string directory, PageHeadings headings, HandoutTexts texts, Func<string, (string? Url, string Path)> resolveLink)
{
    private static readonly HtmlSanitizer Sanitizer = CreateSanitizer();

    public string? Lead { get; private set; }

    /// <summary>A sentence for each picture that was asked for and cannot be shown.</summary>
    public List<string> PictureProblems { get; } = [];

    /// <summary>
    /// A piece of Markdown, with the pictures that its cell carries along. What the program itself has to say, <c>finish</c> adds to what
    /// is clean.
    /// </summary>
    public string OfMarkdown(string markdown, JsonObject? attachments = null, Action<IElement>? finish = null)
    {
        var body = HtmlReader.Read(JupyterMarkdown.ToHtml(markdown)).Body!;
        Clean(body, attachments, isOutput: false);
        Lead ??= body.QuerySelector("p")?.TextContent.Trim();
        finish?.Invoke(body);
        return body.InnerHtml;
    }

    /// <summary>The HTML of an output, without what a selector names; empty when nothing is left to see.</summary>
    public string OfOutput(string html, string leftOut = ":not(*)")
    {
        var body = HtmlReader.Read(html).Body!;
        RemoveAll(body, leftOut);
        var needsMore = body.QuerySelector("script, iframe, frame, object, embed, applet") is not null;
        Clean(body, attachments: null, isOutput: true);
        if (body.TextContent.Trim().Length == 0 && body.QuerySelector("img, audio, video, hr") is null) return "";
        return body.InnerHtml + (needsMore ? $"<p class=\"note\">{Html.Text(texts["NeedsScript"])}</p>" : "");
    }

    private void Clean(IHtmlElement body, JsonObject? attachments, bool isOutput)
    {
        // Elements whose text is no text; of others that are not allowed, the content stays.
        RemoveAll(body, "script, style:not(svg style), title:not(svg title), template, iframe, frame, object, embed, applet");
        foreach (var svg in body.QuerySelectorAll("svg")) svg.OuterHtml = Picture(svg);
        foreach (var element in body.QuerySelectorAll("[id], a[name]")) KeepAnchor(element, isOutput);
        foreach (var heading in body.QuerySelectorAll("h1, h2, h3, h4, h5, h6")) headings.Place(heading, isListed: !isOutput);
        foreach (var link in body.QuerySelectorAll("a[href]")) Rewrite(link);
        foreach (var picture in body.QuerySelectorAll("img")) Show(picture, attachments);
        foreach (var box in body.QuerySelectorAll("input[type=checkbox]")) box.OuterHtml = box.HasAttribute("checked") ? "☑" : "☐";
        foreach (var code in body.QuerySelectorAll("pre > code")) Colour(code);
        foreach (var pre in body.QuerySelectorAll("pre")) pre.SetAttribute("tabindex", "0");
        foreach (var table in body.QuerySelectorAll("table:not(table table)"))
        {
            // A table that is wider than the screen scrolls by itself, and not the page.
            table.Insert(AdjacentPosition.BeforeBegin, "<div class=\"scroll\" tabindex=\"0\"></div>");
            table.PreviousElementSibling!.AppendChild(table);
        }

        // Last, so that nothing above can let something in.
        Sanitizer.SanitizeDom((IHtmlDocument)body.Owner!, body);
    }

    // As a picture no script in it runs, and it loads nothing.
    private static string Picture(IElement svg)
    {
        if (!svg.HasAttribute("xmlns")) svg.SetAttribute("xmlns", "http://www.w3.org/2000/svg");
        var words = svg.Children.Where(child => child.LocalName is "title" or "desc")
            .Select(child => child.TextContent.Trim().TrimEnd('.'));
        var xml = Convert.ToBase64String(Encoding.UTF8.GetBytes(svg.ToHtml(XhtmlMarkupFormatter.Instance)));
        return $"<img alt=\"{Html.Text(string.Join(". ", words))}\" src=\"data:image/svg+xml;base64,{xml}\">";
    }

    // The anchors of a page belong to its text: an output could take one away from it.
    private void KeepAnchor(IElement element, bool isOutput)
    {
        var id = element.GetAttribute("id") ?? element.GetAttribute("name")!;
        element.RemoveAttribute("id");
        if (!isOutput && headings.TryTake(id)) element.Id = id;
    }

    // A file of the repository: on paper, or on another machine, its path is worth more than a dead link.
    private void Rewrite(IElement link)
    {
        var (url, path) = resolveLink(link.GetAttribute("href")!.Trim());
        if (url is not null) link.SetAttribute("href", url);
        else link.OuterHtml = link.InnerHtml + (path.Length > 0 ? Remark($"({path})") : "");
    }

    private void Show(IElement picture, JsonObject? attachments)
    {
        var (url, words) = ((picture.GetAttribute("src") ?? "").Trim(), picture.GetAttribute("alt") ?? "");
        if (Pictures.IsOnTheWeb(url))
        {
            var link = $"<a href=\"{Html.Text(url)}\">{Html.Text(words.Length > 0 ? words : url)}</a>";
            picture.OuterHtml = link + Remark(texts["WebPicture"]);
        }
        else if (Pictures.Find(url, attachments, directory) is { } data)
        {
            picture.SetAttribute("src", data);
        }
        else
        {
            PictureProblems.Add(texts.Format("NoPicture", url));
            picture.OuterHtml = Html.Text(words) + Remark($"({PictureProblems[^1]})");
        }
    }

    private static string Remark(string text) => $" <span class=\"path\">{Html.Text(text)}</span>";

    private static void Colour(IElement code)
    {
        var language = code.ClassList.FirstOrDefault(name => name.StartsWith("language-", StringComparison.Ordinal))?[9..]
            .ToLowerInvariant();
        if (language is null) return;
        if (language is "csharp" or "cs" or "c#") code.InnerHtml = CSharpColours.ToHtml(code.TextContent);
        if (language is "python" or "py") code.InnerHtml = PythonColours.ToHtml(code.TextContent);
        code.ParentElement!.SetAttribute("data-language", language);
    }

    private static void RemoveAll(IElement body, string selector)
    {
        foreach (var element in body.QuerySelectorAll(selector)) element.Remove();
    }

    private static HtmlSanitizer CreateSanitizer()
    {
        var sanitizer = new HtmlSanitizer { KeepChildNodes = true, DisallowCssPropertyValue = Loading() };
        sanitizer.AllowedTags.ExceptWith(["body", "button", "fieldset", "form", "html", "input", "label", "legend", "main", "optgroup",
            "option", "select", "textarea", "head", "datalist", "keygen", "menuitem", "output"]);
        sanitizer.AllowedTags.UnionWith(["audio", "source", "video"]);
        sanitizer.AllowedAttributes.ExceptWith(
            ["action", "background", "draggable", "enctype", "contenteditable", "method", "name", "usemap"]);
        sanitizer.AllowedAttributes.UnionWith(["aria-hidden", "aria-label", "class", "controls", "data-language", "id", "role", "scope"]);
        sanitizer.AllowedClasses.UnionWith(["c", "k", "kc", "m", "n", "path", "pp", "s", "scroll", "t"]);
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
