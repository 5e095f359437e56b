namespace Workshop.Handouts;

/// <summary>Claims on a page: as a table, which on a narrow screen becomes cards, and counted.</summary>
internal static class ClaimsHtml
{
    private static readonly Dictionary<Verdict, (string Mark, string Name)> Signs = new()
    {
        [Verdict.Holds] = ("✔", "holds"),
        [Verdict.Fails] = ("✘", "fails"),
        [Verdict.Undecided] = ("–", "undecided"),
    };

    public static string Table(IEnumerable<Claim> claims, HandoutTexts texts) => Template.Render("claims", new
    {
        t = texts,
        claims =
            from claim in claims
            let sign = Signs[claim.Verdict]
            select new { claim.Statement, claim.Measured, claim.Bound, claim.Reason, sign.Mark, sign.Name, Word = texts[sign.Name] },
    });

    /// <summary>How many have which verdict, in HTML.</summary>
    public static string Count(IEnumerable<Claim> claims) => string.Join(' ', claims
        .CountBy(claim => claim.Verdict).OrderBy(count => count.Key)
        .Select(count => $"<span class=\"{Signs[count.Key].Name}\">{Signs[count.Key].Mark} {count.Value}</span>"));
}
