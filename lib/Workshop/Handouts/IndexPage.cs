using System.Text;
using Claim = ConcurrencyNotebooks.Claim;
using Verdict = ConcurrencyNotebooks.Verdict;

namespace Workshop.Handouts;

/// <summary>The page that lists all pages and every claim on them.</summary>
internal static class IndexPage
{
    /// <summary>The index of these pages.</summary>
    public static string ToHtml(IReadOnlyList<HandoutPage> pages)
    {
        var texts = HandoutTexts.English;
        var body = new StringBuilder();
        foreach (var edition in pages.GroupBy(page => page.Texts.Language).OrderBy(group => group.Key != "en"))
        {
            var words = HandoutTexts.For(edition.Key);
            var heading = edition.Key == "ja" ? "日本語" : "Notebooks";
            var id = $"notebooks-{edition.Key}";
            body.Append(Html.Culture, $"<section lang=\"{edition.Key}\" aria-labelledby=\"{id}\">");
            body.Append(Html.Culture, $"<h2 id=\"{id}\">{heading}</h2>\n<ol class=\"cards\">\n");
            foreach (var page in edition) AppendCard(body, page, words);
            body.Append("</ol></section>\n");
        }

        foreach (var edition in pages.GroupBy(page => page.Texts.Language).OrderBy(group => group.Key != "en"))
            AppendClaims(body, edition, HandoutTexts.For(edition.Key));

        return Frame(pages, texts, body.ToString());
    }

    private static void AppendCard(StringBuilder body, HandoutPage page, HandoutTexts texts)
    {
        var facts = new List<string>();
        if (page.Source.IsEarlier) facts.Add(texts.EarlierRun);
        if (page.Source.Stopped) facts.Add($"<span class=\"fails\">✘ {Html.Text(texts.Stopped)}</span>");
        if (page.Claims.Count > 0) facts.Add(Count(page.Claims));
        if (page.Source.Duration?.TotalSeconds is { } seconds)
            facts.Add(string.Format(Html.Culture, texts.Seconds, seconds.ToString("0.0", Html.Culture)));
        body.Append(Html.Culture, $"""
            <li><a href="{page.Url}">{Html.Text(page.Title)}</a>
            <p>{Html.Text(page.Lead)}</p><p class="facts">{string.Join(" · ", facts)}</p></li>

            """);
    }

    private static void AppendClaims(StringBuilder body, IGrouping<string, HandoutPage> edition, HandoutTexts texts)
    {
        var claims = edition.Where(page => page.Claims.Count > 0).ToList();
        if (claims.Count == 0) return;
        var id = $"claims-{edition.Key}";
        body.Append(Html.Culture, $"<section class=\"md\" lang=\"{edition.Key}\" aria-labelledby=\"{id}\">");
        body.Append(Html.Culture, $"<h2 id=\"{id}\">{texts.Claims}</h2>\n");
        foreach (var page in claims)
        {
            body.Append(Html.Culture, $"<h3><a href=\"{page.Url}#claims\">{Html.Text(page.Title)}</a></h3>\n");
            body.Append(ClaimsTable.Render(page.Claims, texts));
        }

        body.Append("</section>\n");
    }

    private static string Count(IReadOnlyList<Claim> claims)
    {
        var counts = new (Verdict Verdict, string Mark, string Name)[]
        {
            (Verdict.Holds, "✔", "holds"), (Verdict.Fails, "✘", "fails"), (Verdict.Undecided, "–", "undecided"),
        };
        return string.Join(' ', counts
            .Select(c => (Number: claims.Count(claim => claim.Verdict == c.Verdict), c.Mark, c.Name))
            .Where(c => c.Number > 0)
            .Select(c => $"<span class=\"{c.Name}\">{c.Mark} {c.Number}</span>"));
    }

    private static string Frame(IReadOnlyList<HandoutPage> pages, HandoutTexts texts, string body)
    {
        var machines = pages.Select(page => page.Machine).OfType<string>().Distinct().ToList();
        var ranAt = pages.Select(page => page.Source.RanAt).OfType<DateTimeOffset>().DefaultIfEmpty().Max();
        var facts = new List<string>();
        if (ranAt != default) facts.Add($"{texts.RunOn} {Stylesheet.Time(ranAt)}");
        if (machines.Count > 0) facts.Add(Html.Text(string.Join("; ", machines)));
        var all = pages.SelectMany(page => page.Claims).ToList();
        if (all.Count > 0) facts.Add($"{all.Count} claims: {Count(all)}");
        return $"""
            {PageHead.ToHtml("en", texts.Site, texts.Site)}
            <body class="index">
            <a class="skip" href="#content">{texts.Skip}</a>
            <main id="content">
            <h1>{texts.Site}</h1>
            <p class="lead">Threads, processes and async, measured on the machine named below.</p>
            <p class="facts">{string.Join(" · ", facts)}</p>
            {body}</main>
            </body>
            </html>

            """;
    }
}
