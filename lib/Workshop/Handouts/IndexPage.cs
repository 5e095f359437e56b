namespace Workshop.Handouts;

/// <summary>The page that lists all pages and every claim on them.</summary>
internal static class IndexPage
{
    /// <summary>The page, with links to the pages of other documents, for trainers and maintainers.</summary>
    public static string ToHtml(IReadOnlyList<HandoutPage> pages, HandoutPages all, IReadOnlyList<TextPage> documents)
    {
        var t = HandoutTexts.For(null);
        return Template.Render("index", new
        {
            t,
            head = Template.Head("en", t["Site"], t["Site"]),
            facts = Facts(pages, t),
            links = all.Links(t),

            // Where each kind of reader begins, one click away.
            first = documents.Count > 0 && pages.Count > 0 ? pages[0] : null,
            documents,
            editions =
                from page in pages
                group page by page.Texts into edition
                orderby edition.Key != t
                select new
                {
                    t = edition.Key,
                    cards = edition.Select(page => new { Page = page, Facts = Facts(page) }),
                    tables = edition.Where(page => page.Claims.Count > 0)
                        .Select(page => new { Page = page, Html = ClaimsHtml.Table(page.Claims, page.Texts) }),
                },
        });
    }

    private static IEnumerable<string> Facts(HandoutPage page) => new[]
    {
        page.Source.IsEarlier ? page.Texts["EarlierRun"] : null,
        page.Source.Stopped ? $"<span class=\"fails\">✘ {page.Texts["Stopped"]}</span>" : null,
        page.Claims.Count > 0 ? ClaimsHtml.Count(page.Claims) : null,
        page.Source.Duration is { } duration ? page.Texts.Format("Seconds", duration.TotalSeconds) : null,
    }.OfType<string>();

    private static IEnumerable<string> Facts(IReadOnlyList<HandoutPage> pages, HandoutTexts texts)
    {
        var claims = pages.SelectMany(page => page.Claims).ToList();
        if (pages.Max(page => page.Source.RanAt) is { } ranAt) yield return $"{texts["RunOn"]} {HandoutPage.Time(ranAt)}";
        foreach (var machine in pages.Select(page => page.Machine).OfType<string>().Distinct()) yield return Html.Text(machine);
        if (claims.Count > 0) yield return $"{claims.Count} claims: {ClaimsHtml.Count(claims)}";
    }
}
