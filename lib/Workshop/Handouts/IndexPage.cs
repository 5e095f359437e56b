namespace Workshop.Handouts;

/// <summary>The page that lists all pages and every claim on them.</summary>
internal static class IndexPage
{
    /// <summary>The page, with links to the pages of other documents, for trainers and maintainers.</summary>
    public static string ToHtml(IReadOnlyList<HandoutPage> pages, HandoutPages all, IReadOnlyList<DocumentPage> documents)
    {
        var t = HandoutTexts.For(null);
        var editions =
            from page in pages
            group page by page.Texts into edition
            orderby edition.Key != t
            select new
            {
                t = edition.Key,
                cards = edition.Select(page => new { Page = page, Facts = Facts(page) }),
                tables = edition.Where(page => page.Claims.Count > 0)
                    .Select(page => new { Page = page, Html = ClaimsHtml.Table(page.Claims, page.Texts) }),
            };
        var (head, starts) = (Template.Head("en", t["Site"], t["Site"]), Starts(pages, documents));
        return Template.Render("index", new { t, head, facts = Facts(pages, t), starts, links = all.Links(t), editions });
    }

    // Where each kind of reader begins, one click away.
    private static List<object> Starts(IReadOnlyList<HandoutPage> pages, IReadOnlyList<DocumentPage> documents)
    {
        if (documents.Count == 0 || pages.Count == 0) return [];
        return
        [
            new { Who = "Learn", What = "with the first notebook", pages[0].Url },
            .. documents.Select(document => new { document.Who, document.What, Url = document.Name }),
        ];
    }

    private static List<string> Facts(HandoutPage page)
    {
        var facts = new List<string>();
        if (page.Source.IsEarlier) facts.Add(page.Texts["EarlierRun"]);
        if (page.Source.Stopped) facts.Add($"<span class=\"fails\">✘ {page.Texts["Stopped"]}</span>");
        if (page.Claims.Count > 0) facts.Add(ClaimsHtml.Count(page.Claims));
        if (page.Source.Duration?.TotalSeconds is { } seconds) facts.Add(page.Texts.Format("Seconds", seconds));
        return facts;
    }

    private static List<string> Facts(IReadOnlyList<HandoutPage> pages, HandoutTexts texts)
    {
        var facts = new List<string>();
        var claims = pages.SelectMany(page => page.Claims).ToList();
        if (pages.Max(page => page.Source.RanAt) is { } ranAt) facts.Add($"{texts["RunOn"]} {HandoutPage.Time(ranAt)}");
        facts.AddRange(pages.Select(page => page.Machine).OfType<string>().Distinct().Select(Html.Text));
        if (claims.Count > 0) facts.Add($"{claims.Count} claims: {ClaimsHtml.Count(claims)}");
        return facts;
    }
}
