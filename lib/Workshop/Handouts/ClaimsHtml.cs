namespace Workshop.Handouts;

/// <summary>Claims on a page: as a table, which on a narrow screen becomes cards, and counted.</summary>
internal static class ClaimsHtml
{
    public static string Table(IEnumerable<Claim> claims, HandoutTexts texts) => Template.Render("claims", new
    {
        t = texts,
        claims = claims.Select(claim => new { Claim = claim, claim.Sign, Name = Name(claim), Word = texts[Name(claim)] }),
    });

    /// <summary>How many have which verdict, in HTML.</summary>
    public static string Count(IEnumerable<Claim> claims) => string.Join(' ', claims
        .GroupBy(claim => claim.Verdict, (_, same) => same.ToList()).OrderBy(same => same[0].Verdict)
        .Select(same => $"<span class=\"{Name(same[0])}\">{same[0].Sign} {same.Count}</span>"));

    /// <summary>What the verdict is called in style sheets and among the texts.</summary>
    private static string Name(Claim claim) => claim.Verdict.ToString().ToLowerInvariant();
}
