namespace ConcurrencyNotebooks;

/// <summary>A step on the way to a recommendation.</summary>
/// <param name="Question">The question.</param>
/// <param name="Reply">The answer.</param>
public sealed record Answer(Question Question, string Reply)
{
    /// <summary>The question with its answer.</summary>
    public override string ToString() => $"{Question.Text} {Reply}";
}
