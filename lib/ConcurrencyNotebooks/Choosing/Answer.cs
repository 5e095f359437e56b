namespace ConcurrencyNotebooks;

/// <summary>A step on the way to a recommendation.</summary>
/// <param name="Question">The question.</param>
/// <param name="Reply">The answer.</param>
/// <example>
/// <code>
/// Choice choice = Choose.For(new Workload("Count primes", WorkloadKind.CpuBound));
/// foreach (Answer answer in choice.Path) Console.WriteLine($"{answer.Question.Text} {answer.Reply}");
/// </code>
/// </example>
public sealed record Answer(Question Question, string Reply)
{
    /// <summary>The question with its answer.</summary>
    public override string ToString() => $"{Question.Text} {Reply}";
}
