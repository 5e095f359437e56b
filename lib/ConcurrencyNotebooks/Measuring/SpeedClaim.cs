namespace ConcurrencyNotebooks;

/// <summary>A claim about the ratio of two works, to be judged when they have been measured.</summary>
internal sealed record SpeedClaim(string Statement, Timing Work, Timing Over, double? AtLeast, double? AtMost, string Bound)
{
    public bool IsDecided => Decide(Work.Over(Over)) != Verdict.Undecided;

    public Claim Judge(CoreCheck cores, bool isQuick, string machine)
    {
        if (Work.Samples.Count == 0 || Over.Samples.Count == 0)
            return new(Statement, "", Bound, Verdict.Undecided, "it was not measured yet; call await …MeasureAsync()", machine);

        // First whether the machine could show it at all, and only then what it showed: the verdict must not depend on the outcome.
        var ratio = Work.Over(Over);
        var verdict = cores.WereThere ? Decide(ratio) : Verdict.Undecided;
        var tooFew = $"a verdict needs {Rounds.Fewest} rounds";
        var reason = verdict != Verdict.Undecided ? ""
            : isQuick && ratio.Rounds < Rounds.Fewest ? $"{tooFew}, and CONCURRENCY_NOTEBOOKS_QUICK allows one"
            : !cores.WereThere ? cores.WhyMissing
            : ratio.Rounds < Rounds.Fewest ? tooFew
            : $"after {ratio.Rounds} rounds the bound still lies within the interval";
        return new(Statement, ratio.ToString(), Bound, verdict, reason, machine);
    }

    private Verdict Decide(Ratio ratio) =>
        ratio.Rounds < Rounds.Fewest ? Verdict.Undecided
        : !(ratio.Low < AtLeast) && !(ratio.High > AtMost) ? Verdict.Holds
        : ratio.High < AtLeast || ratio.Low > AtMost ? Verdict.Fails
        : Verdict.Undecided;
}
