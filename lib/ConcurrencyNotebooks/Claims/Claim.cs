namespace ConcurrencyNotebooks;

/// <summary>
/// A statement that was held against a measurement. As the last value of a cell it is a line with ✔ (holds), ✘ (does not hold) or
/// – (not decided).
/// </summary>
/// <param name="Statement">The claim, in a sentence that can stand alone.</param>
/// <param name="Measured">The measured number with its unit, as it is shown everywhere; empty if there is none.</param>
/// <param name="Bound">The bound of the measured number, such as <c>at least 20 pages</c>; empty if there is none.</param>
/// <param name="Verdict">Whether it holds.</param>
/// <param name="Reason">Why it was not decided; empty otherwise.</param>
/// <param name="Machine">The machine that measured; empty in a saved notebook where it is that of the claim before.</param>
/// <example>
/// <code>
/// Claim claim = Claims.Exactly("There are 168 primes below 1,000", Primes.Count(1, 1_000), 168, unit: "primes");
/// Console.WriteLine(claim.Verdict);
/// </code>
/// </example>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain", MimeType])]
public sealed record Claim(
    string Statement, string Measured, string Bound, Verdict Verdict, string Reason = "", string Machine = "") : IRichOutput
{
    /// <summary>The form in which claims travel in a cell's output: a JSON array with an object for each.</summary>
    public const string MimeType = IRichOutput.ClaimsMimeType;

    // Ground and text are the page's: a front end may be dark where the system is not, and the other way round.
    private const string Panel = "margin:4px 0;padding:5px 10px";

    string IRichOutput.ClaimsAsJson => ClaimReader.Write([this]);

    internal string Sign => Verdict switch { Verdict.Holds => "✔", Verdict.Fails => "✘", _ => "–" };

    private string Outcome
    {
        get
        {
            var bound = Bound.Length > 0 ? $"claimed {Bound}" : "";
            var reason = Verdict == Verdict.Undecided ? $"not decided: {Reason}" : "";
            var outcome = string.Join(", ", new[] { Measured, bound, reason }.Where(part => part.Length > 0));
            return outcome.Length > 0 ? ": " + outcome : "";
        }
    }

    /// <summary>The claim on one line.</summary>
    public string ToHtml()
    {
        var (edge, word) = Verdict switch
        {
            Verdict.Holds => ("#15803d", "Holds"),
            Verdict.Fails => ("#b91c1c", "Does not hold"),
            _ => ("#64748b", "Not decided"),
        };
        return $"<div class='cn-claim' style='border-left:6px solid {edge};{Panel}'><span role='img' aria-label='{word}'>{Sign}</span> "
            + $"<b>{Markup.Escape(Statement)}</b>{Markup.Escape(Outcome)}</div>";
    }

    /// <summary>The claim on one line.</summary>
    public override string ToString() => $"{Sign} {Statement}{Outcome}".ReplaceLineEndings(" ");
}
