namespace ConcurrencyNotebooks;

/// <summary>What came of checking a solution: a claim, or a line that says that it is not solved yet.</summary>
/// <example>
/// <code>
/// ExerciseResult result = await Exercise.CheckAsync("01-1", (int count, Action wait) => wait());
/// Console.WriteLine(result.IsSolved);
/// </code>
/// </example>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain", Claim.MimeType])]
public sealed class ExerciseResult : IRichOutput
{
    private readonly string _line;

    internal ExerciseResult(string id, Verdict verdict, string sentence)
    {
        IsSolved = verdict == Verdict.Holds;
        if (verdict != Verdict.Undecided) Claim = Claims.Holds($"Exercise {id}: {sentence}", IsSolved);
        _line = Claim?.ToString() ?? $"… Exercise {id}: not solved yet. {sentence}".TrimEnd();
    }

    /// <summary>Whether the solution is right.</summary>
    public bool IsSolved { get; }

    /// <summary>The verdict; null for a stub, and for a fault that the exercise asks to find.</summary>
    public Claim? Claim { get; }

    string IRichOutput.ClaimsAsJson => ClaimReader.Write(Claim is null ? [] : [Claim]);

    /// <summary>For a program: prints the result and returns the exit code, 0 for a right solution and 1 otherwise.</summary>
    public int Report()
    {
        Console.WriteLine(this);
        return IsSolved ? 0 : 1;
    }

    /// <summary>The result on one line.</summary>
    public string ToHtml() => Claim?.ToHtml() ?? $"""<div class="cn-exercise">{Markup.Escape(_line)}</div>""";

    /// <summary>The result on one line.</summary>
    public override string ToString() => _line;
}
