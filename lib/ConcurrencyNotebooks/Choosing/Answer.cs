namespace ConcurrencyNotebooks;

/// <summary>A step on the way to a recommendation.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Reply">What was answered.</param>
public sealed record Answer(Question Question, string Reply)
{
    /// <summary>The question with its answer.</summary>
    public override string ToString() => $"{Question.Text} {Reply}";
}
