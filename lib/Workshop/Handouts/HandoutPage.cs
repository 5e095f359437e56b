namespace Workshop.Handouts;

/// <summary>
/// One notebook as one page that needs nothing beside it: no style sheet, no picture, no network. Its charts become figures where
/// plotly.js lies beside it.
/// </summary>
internal sealed class HandoutPage
{
    /// <summary>How much of the first paragraph the index shows: two or three lines of a card.</summary>
    private const int LeadLength = 240;

    private readonly HandoutPages _pages;
    private readonly Pictures _pictures;
    private readonly PageHeadings _headings;
    private readonly NotebookHtml _gate;
    private readonly OutputHtml _outputs;
    private readonly Predictions _predictions;

    public HandoutPage(HandoutSource source, HandoutPages pages)
    {
        (Source, _pages, Texts) = (source, pages, HandoutTexts.For(source.File.Language));
        _pictures = new Pictures(source.File.Directory, Texts);
        _headings = pages.Headings();
        _gate = new NotebookHtml(_pictures, _headings, Texts, url => pages.Resolve(url, source.File.Directory));
        _predictions = new Predictions(source.File.Topic, Texts);
        _outputs = new OutputHtml(_gate, Texts);
        Claims = source.IsEarlier ? [] : [.. Cells.SelectMany(cell => cell.Claims)];
        Body = RenderBody();
        Content = pages.IsBook ? "" : Render();
    }

    /// <summary>The whole page; empty for a chapter of a book, which has only a <see cref="Body"/>.</summary>
    public string Content { get; }

    /// <summary>The cells, and a table of the claims.</summary>
    public string Body { get; }

    /// <summary>The headings, from the title on.</summary>
    public IReadOnlyList<Heading> Contents => _headings.Contents;

    public string Anchor => HandoutPages.AnchorOf(Source.File);
    public HandoutSource Source { get; }
    public string Url => _pages.UrlOf(Source.File);
    public HandoutTexts Texts { get; }
    public string Title => _headings.Title ?? Source.File.Name;
    public string Lead => Shorten(_gate.Lead ?? "");
    public IReadOnlyList<Claim> Claims { get; }

    public string? Machine => Claims.Select(claim => claim.Machine).FirstOrDefault(name => name is { Length: > 0 });

    /// <summary>What the page asks to predict, with the claims of each.</summary>
    public IReadOnlyList<Prediction> Predictions => _predictions.All;

    /// <summary>Whether the page uses <see cref="Figures.FileName"/> where it is there.</summary>
    public bool HasFigures => _outputs.HasFigures;

    /// <summary>A sentence for each picture that the notebook wants to show and that the page cannot.</summary>
    public IReadOnlyList<string> PictureProblems => _pictures.Problems;

    /// <summary>A time for readers and for machines.</summary>
    public static string Time(DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture, $"<time datetime=\"{at:yyyy-MM-ddTHH:mm:sszzz}\">{at:yyyy-MM-dd HH:mm}</time>");

    private IEnumerable<NotebookCell> Cells => Source.Document.Cells.Where(cell => cell.IsIn(Source.Edition));

    private bool IsForStudents => Source.Edition == Edition.Student;

    private string RenderBody()
    {
        var number = 0;
        var cells = new List<PageCell>();
        foreach (var cell in Cells)
        {
            if (cell.IsCode) cells.Add(Code(cell, ++number));
            if (cell.IsCode && !Source.IsEarlier) _predictions.Answer(cell.Claims);
            if (!cell.IsMarkdown) continue;
            var html = _gate.OfMarkdown(
                cell.Source, cell.Attachments, hasRoom: IsForStudents,
                finish: _pages.IsBook ? null : html => _predictions.Find(html, cell.Id));
            cells.Add(new PageCell(html, IsInstructor: cell.IsInstructor));
        }

        var claimsAnchor = _pages.IsBook ? $"{Anchor}-claims" : "claims";
        if (Claims.Count > 0) _headings.Contents.Add(new Heading(2, claimsAnchor, Texts["Claims"]));
        var claims = Claims.Count > 0 ? ClaimsHtml.Table(Claims, Texts) : null;
        return Template.Render("cells", new { t = Texts, cells, claims, claimsAnchor });
    }

    private string Render()
    {
        var hasGuesses = _predictions.All.Any(prediction => prediction.IsAsked);
        var nonce = HasFigures || hasGuesses ? Figures.Nonce(Body) : null;
        return Template.Render("page", new
        {
            t = Texts,
            body = Body,
            head = Template.Head(Texts["Language"], $"{Title} – {Texts["Site"]}", Title, nonce),
            other = _pages.OtherLanguage(Source.File) is { } edition ? _pages.UrlOf(edition) : null,
            links = _pages.Links(Texts),
            contents = _headings.Contents.Where(heading => heading.Level is 2 or 3),
            stopped = Source.Stopped,
            isBare = !IsForStudents && Source.RanAt is null && Source.Document.Cells.All(cell => cell.Outputs.Count == 0),
            isForStudents = IsForStudents,
            previous = Neighbour(-1),
            next = Neighbour(+1) ?? (Source.File.Language is null ? _pages.Links(Texts).Last() : null),
            ranAt = Source.RanAt is { } at ? Time(at) : null,
            machine = Machine,
            scripts = (HasFigures ? Figures.Scripts(nonce!) : "") + (hasGuesses ? Handouts.Predictions.Script(nonce!) : ""),
        });

        PageLink? Neighbour(int step) =>
            _pages.Neighbour(Source.File, step) is { } file ? new PageLink(_pages.UrlOf(file), file.Name) : null;
    }

    private PageCell Code(NotebookCell cell, int number)
    {
        // Named as Jupyter names it, which no heading is.
        var anchor = $"cell-id={cell.Id}";
        return new PageCell(
            Markdown: null,
            _headings.TryTake(anchor) ? anchor : null,
            number,
            cell.ExecutionCount?.ToString(CultureInfo.InvariantCulture) ?? " ",
            CSharpColours.ToHtml(cell.Source).TrimEnd(),
            _outputs.Render(cell.Outputs));
    }

    private static string Shorten(string text)
    {
        if (text.Length <= LeadLength) return text;
        var space = text.LastIndexOf(' ', LeadLength - 1);
        return text[..(space < 1 ? LeadLength - 1 : space)] + "…";
    }

    /// <summary>What the template shows of a cell, all but the anchor and the count being HTML already.</summary>
    private sealed record PageCell(
        string? Markdown, string? Anchor = null, int Number = 0, string Count = "", string Code = "", string Outputs = "",
        bool IsInstructor = false);
}
