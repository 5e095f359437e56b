using AngleSharp.Dom;

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

    private readonly HandoutTexts _texts;
    private readonly NotebookHtml _gate;
    private readonly List<Slide> _slides = [];
    private Section _section = new("", IsLeftOut: false);
    private string _summary = "";

    private SlideDeck(NotebookFile file)
    {
        _texts = HandoutTexts.For(file.Language);

        // A room cannot follow a link, so each becomes its words.
        _gate = new NotebookHtml(file.Directory, new PageHeadings(), _texts, _ => (null, ""));
        foreach (var cell in NotebookDocument.Load(file.DisplayPath).Cells) Add(cell);
    }

    public static string ToHtml(IReadOnlyList<NotebookFile> files)
    {
        var t = HandoutTexts.For(null);
        var slides =
            from file in files
            let deck = new SlideDeck(file)
            from slide in deck._slides
            where slide.Kind == "title" || slide.Body.Length > 0
            let notes = slide.Section.Notes.Length > 0 ? slide.Section.Notes : deck._summary
            select new { slide.Kind, slide.Section.Heading, slide.Body, Notes = notes, Language = deck._texts["Language"] };
        var body = Template.Render("slides", new { t, slides = slides.ToList() });
        var nonce = Figures.Nonce(body);
        var head = Template.Head(t["Language"], t["Site"], "", nonce, "slides.css");
        return $"{head}{body}{Template.Script("slides", nonce)}</body>\n</html>\n";
    }

    private void Add(NotebookCell cell)
    {
        if (cell.IsMarkdown && cell.IsInstructor) _section.Notes += _gate.OfMarkdown(cell.Source, cell.Attachments);
        else if (cell.IsMarkdown) _gate.OfMarkdown(cell.Source, cell.Attachments, finish: AddText);
        else if (cell.IsCode && !_section.IsLeftOut && !cell.IsSolution)
            cell.Outputs.Select(OutputHtml.Chart).OfType<ChartSpec>().ToList().ForEach(chart => AddSlide("figure", ChartHtml.Image(chart)));
    }

    private void AddText(IElement text)
    {
        foreach (var element in text.Children)
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
        _section = new Section(text, isLeftOut);
        if (!isLeftOut) AddSlide(heading.LocalName == "h1" ? "title" : "section", "");
    }

    private void AddToSection(IElement element)
    {
        // On the slide of the heading stands what is right below it, and the first question.
        var first = _slides is [.., { Kind: not "figure" } slide] && ReferenceEquals(slide.Section, _section) ? slide : null;
        if (Predictions.Asks(element, _texts))
        {
            var question = $"<p class=\"predict\">{element.InnerHtml}</p>";
            if (first is { Kind: "section", HasQuestion: false }) (first.Body, first.HasQuestion) = (first.Body + question, true);
            else _slides.Add(new Slide("section", _section, question) { HasQuestion = true });
        }
        else if (element.QuerySelector("img") is { } picture) AddSlide("figure", picture.OuterHtml);
        else if (first?.Body.Length == 0) first.Body = Shortened(element);
        if (_section.Heading == "What we saw" && element.LocalName == "ul") _summary = element.OuterHtml;
    }

    private void AddSlide(string kind, string body) => _slides.Add(new Slide(kind, _section, body));

    // Whole sentences only: a list or a table stays whole, and so does what is short.
    private static string Shortened(IElement element)
    {
        var text = element.TextContent;
        if (element.LocalName != "p" || text.Length <= LeadLength) return element.OuterHtml;
        var end = text.LastIndexOf(". ", LeadLength, StringComparison.Ordinal);
        return $"<p>{Html.Text(end > 0 ? text[..(end + 1)] : text)}</p>";
    }

    /// <summary>What slides have in common: a heading, and what its speaker should know.</summary>
    private sealed record Section(string Heading, bool IsLeftOut)
    {
        public string Notes { get; set; } = "";
    }

    private sealed record Slide(string Kind, Section Section, string Body)
    {
        public string Body { get; set; } = Body;
        public bool HasQuestion { get; set; }
    }
}
