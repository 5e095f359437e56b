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
    private readonly PageHeadings _headings;
    private readonly NotebookHtml _gate;
    private readonly OutputHtml _outputs;
    private readonly Predictions _predictions;
    private readonly List<NotebookCell> _cells;

    public HandoutPage(HandoutSource source, HandoutPages pages)
    {
        var file = source.File;
        (Source, _pages, Texts) = (source, pages, HandoutTexts.For(file.Language));
        _cells = [.. source.Document.Cells.Where(cell => cell.IsIn(source.Edition))];
        _headings = pages.Headings();
        _gate = new NotebookHtml(file.Directory, _headings, Texts, url => pages.Resolve(url, file.Directory));
        _outputs = new OutputHtml(_gate, Texts);
        _predictions = new Predictions(file.Topic, Texts, onScreen: !pages.IsBook, onPaper: source.Edition == Edition.Student);
        Claims = source.IsEarlier ? [] : [.. _cells.SelectMany(cell => cell.Claims)];
        Body = RenderBody();
        Content = pages.IsBook ? "" : Render();
    }

    /// <summary>The whole page; empty for a chapter of a book, which has only a <see cref="Body"/>.</summary>
    public string Content { get; }

    /// <summary>The cells, and a table of the claims.</summary>
    public string Body { get; }
    public IReadOnlyList<Heading> Contents => _headings.Contents;
    public string Anchor => HandoutPages.AnchorOf(Source.File);
    public HandoutSource Source { get; }
    public string Url => _pages.UrlOf(Source.File);
    public HandoutTexts Texts { get; }
    public string Title => _headings.Title ?? Source.File.Name;
    public string Lead => Shorten(_gate.Lead ?? "");
    public IReadOnlyList<Claim> Claims { get; }

    public string? Machine => Claims.Select(claim => claim.Machine).FirstOrDefault(name => name is { Length: > 0 });
    public IReadOnlyList<Prediction> Predictions => _predictions.All;

    /// <summary>Whether the page uses <see cref="Figures.FileName"/> where it is there.</summary>
    public bool HasFigures => _outputs.HasFigures;
    public IReadOnlyList<string> PictureProblems => _gate.PictureProblems;

    /// <summary>A time for readers and for machines.</summary>
    public static string Time(DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture, $"<time datetime=\"{at:yyyy-MM-ddTHH:mm:sszzz}\">{at:yyyy-MM-dd HH:mm}</time>");

    private string RenderBody()
    {
        var number = 0;
        var cells = new List<object>();
        foreach (var cell in _cells)
        {
            if (cell.IsMarkdown)
            {
                var html = _gate.OfMarkdown(cell.Source, cell.Attachments, body => _predictions.Find(body, cell.Id));
                cells.Add(new { Markdown = html, cell.IsInstructor });
            }
            else if (cell.IsCode)
            {
                cells.Add(Code(cell, ++number));
                if (!Source.IsEarlier) _predictions.Answer(cell.Claims);
            }
        }

        var claimsAnchor = _pages.IsBook ? $"{Anchor}-claims" : "claims";
        if (Claims.Count > 0) _headings.Contents.Add(new Heading(2, claimsAnchor, Texts["Claims"]));
        var claims = Claims.Count > 0 ? ClaimsHtml.Table(Claims, Texts) : null;
        return Template.Render("cells", new { t = Texts, cells, claims, claimsAnchor });
    }

    private string Render()
    {
        var hasGuesses = Predictions.Any(prediction => prediction.IsAsked);
        var nonce = HasFigures || hasGuesses ? Figures.Nonce(Body) : null;
        var isForStudents = Source.Edition == Edition.Student;
        var scripts = (HasFigures ? Figures.Scripts(nonce!) : "") + (hasGuesses ? Template.Script("guess", nonce!) : "");
        return _pages.Frame(Texts, Title, Body, Contents, nonce: nonce, scripts: scripts, about: new
        {
            other = _pages.OtherLanguage(Source.File),
            stopped = Source.Stopped,
            isBare = !isForStudents && Source.RanAt is null && Source.Document.Cells.All(cell => cell.Outputs.Count == 0),
            isForStudents,
            previous = _pages.Neighbour(Source.File, -1),
            next = _pages.Neighbour(Source.File, +1) ?? (Source.File.Language is null ? _pages.Links(Texts).Last() : null),
            ranAt = Source.RanAt is { } at ? Time(at) : null,
            machine = Machine,
        });
    }

    // All but the anchor and the count is HTML already.
    private object Code(NotebookCell cell, int number)
    {
        // Named as Jupyter names it, which no heading is.
        var anchor = $"cell-id={cell.Id}";
        return new
        {
            Anchor = _headings.TryTake(anchor) ? anchor : null,
            Number = number,
            Count = cell.ExecutionCount?.ToString(CultureInfo.InvariantCulture) ?? " ",
            Code = CSharpColours.ToHtml(cell.Source).TrimEnd(),
            Outputs = _outputs.Render(cell.Outputs),
        };
    }

    private static string Shorten(string text)
    {
        if (text.Length <= LeadLength) return text;
        var space = text.LastIndexOf(' ', LeadLength - 1);
        return text[..(space < 1 ? LeadLength - 1 : space)] + "…";
    }
}
