using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Workshop.Handouts;

/// <summary>
/// Notebooks as one deck of slides: titles, the heading and first words of each section, predictions, pictures, and what was seen.
/// </summary>
internal sealed class SlideDeck
{
    /// <summary>How much of a section's first paragraph a slide shows, in whole sentences: what is read from the last row.</summary>
    private const int LeadLength = 260;

    // Of these sections there are no slides: they are tables, and work that is done at the keyboard.
    private static readonly string[] LeftOut = ["Exercises", "Solutions", "In Python"];
    private const string Summary = "What we saw";

    private readonly HandoutTexts _texts;
    private readonly NotebookHtml _gate;
    private readonly List<Slide> _slides = [];
    private Section _section = new("");
    private string _summary = "";

    private SlideDeck(NotebookFile file)
    {
        _texts = HandoutTexts.For(file.Language);

        // A room cannot follow a link, so each becomes its words.
        _gate = new NotebookHtml(new Pictures(file.Directory, _texts), new PageHeadings(), _texts, _ => (null, ""));
        foreach (var cell in NotebookDocument.Load(file.DisplayPath).Cells) Add(cell);
    }

    public static string ToHtml(IReadOnlyList<NotebookFile> files)
    {
        var t = HandoutTexts.For(null);
        var slides =
            from file in files
            let deck = new SlideDeck(file)
            from slide in deck._slides
            where slide.IsShown
            let notes = slide.Section.Notes.Length > 0 ? slide.Section.Notes : deck._summary
            select new { slide.Kind, slide.Section.Heading, slide.Body, Notes = notes, Language = deck._texts["Language"] };
        var body = Template.Render("slides", new { t, slides = slides.ToList() });
        var nonce = Figures.Nonce(body);
        var head = Template.Head(t["Language"], t["Site"], "", nonce, "slides.css");
        return $"{head}{body}<script nonce=\"{nonce}\">\n{Template.Resource("slides.js")}</script>\n</body>\n</html>\n";
    }

    private void Add(NotebookCell cell)
    {
        if (cell.IsMarkdown && cell.IsInstructor) _section.Notes += Words(cell);
        else if (cell.IsMarkdown) _ = _gate.OfMarkdown(cell.Source, cell.Attachments, finish: AddText);
        else if (cell.IsCode && !_section.IsLeftOut && !cell.IsSolution)
        {
            foreach (var chart in cell.Outputs.Select(OutputHtml.Chart).OfType<ChartSpec>())
                _slides.Add(new Slide("figure", _section, ChartHtml.Image(chart)));
        }
    }

    private string Words(NotebookCell cell)
    {
        var words = "";
        _ = _gate.OfMarkdown(cell.Source, cell.Attachments, finish: html => words = html.Body!.InnerHtml);
        return words;
    }

    private void AddText(IHtmlDocument html)
    {
        foreach (var element in html.Body!.Children)
        {
            if (element.LocalName is "h1" or "h2" or "h3") Begin(element);
            else if (!_section.IsLeftOut) AddToSection(element);
        }
    }

    private void Begin(IElement heading)
    {
        var text = heading.TextContent.Trim();
        var isPartOfLeftOut = _section.IsLeftOut && heading.LocalName == "h3";
        var isLeftOut = isPartOfLeftOut || Array.Exists(LeftOut, name => text.StartsWith(name, StringComparison.Ordinal));
        _section = new Section(text) { IsLeftOut = isLeftOut };
        if (!_section.IsLeftOut) _slides.Add(new Slide(heading.LocalName == "h1" ? "title" : "section", _section, ""));
    }

    private void AddToSection(IElement element)
    {
        var isFirst = !_section.HasBegun;
        _section.HasBegun = true;
        if (Predictions.Asks(element, _texts)) AddQuestion(element);
        else if (element.QuerySelector("img") is { } picture) _slides.Add(new Slide("figure", _section, picture.OuterHtml));
        else if (isFirst && _slides is [.., var slide]) slide.Body = Shortened(element);
        if (_section.Heading == Summary && element.LocalName == "ul") _summary = element.OuterHtml;
    }

    // The first question of a section stands below its first words, further ones alone.
    private void AddQuestion(IElement question)
    {
        var html = $"<p class=\"predict\">{question.InnerHtml}</p>";
        if (_slides is [.., { Kind: "section", HasQuestion: false } slide] && slide.Section == _section)
            (slide.Body, slide.HasQuestion) = (slide.Body + html, true);
        else _slides.Add(new Slide("section", _section, html) { HasQuestion = true });
    }

    // Whole sentences only: a list or a table stays whole, and so does what is short.
    private static string Shortened(IElement element)
    {
        var text = element.TextContent;
        if (element.LocalName != "p" || text.Length <= LeadLength) return element.OuterHtml;
        var end = text.LastIndexOf(". ", LeadLength, StringComparison.Ordinal);
        return $"<p>{Html.Text(end > 0 ? text[..(end + 1)] : text)}</p>";
    }

    /// <summary>What slides have in common: a heading, and what its speaker should know.</summary>
    private sealed class Section(string heading)
    {
        public string Heading => heading;
        public bool HasBegun { get; set; }
        public string Notes { get; set; } = "";
        public bool IsLeftOut { get; init; }
    }

    private sealed record Slide(string Kind, Section Section, string Body)
    {
        public string Body { get; set; } = Body;
        public bool HasQuestion { get; set; }
        public bool IsShown => Kind == "title" || Body.Length > 0;
    }
}
