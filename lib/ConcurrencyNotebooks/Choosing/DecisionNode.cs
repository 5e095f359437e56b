namespace ConcurrencyNotebooks;

/// <summary>A node of the decision tree: a question or a recommendation.</summary>
internal abstract record DecisionNode
{
    /// <summary>The node and what is below it as plain data; the path that the workload takes is lit.</summary>
    /// <param name="reply">The answer that leads to the node.</param>
    /// <param name="work">The workload; null where no path is lit.</param>
    public abstract IEnumerable<ChartNode> ToNodes(string reply, Workload? work);
}

/// <summary>A question with two answers, each with the node to which it leads; <c>IsYes</c> answers it for a workload.</summary>
internal sealed record Question(
    string Text, Func<Workload, bool> IsYes, (string Reply, DecisionNode Next) Yes, (string Reply, DecisionNode Next) No) : DecisionNode
{
    public override IEnumerable<ChartNode> ToNodes(string reply, Workload? work)
    {
        var isYes = work is not null && IsYes(work);
        ChartNode[] next =
            [.. Yes.Next.ToNodes(Yes.Reply, isYes ? work : null), .. No.Next.ToNodes(No.Reply, isYes ? null : work)];
        return [new(Text, reply, next, IsLit: work is not null)];
    }
}

/// <summary>
/// The end of a path of questions: the model for C# and the one for Python with its interpreter lock, each with the type or method to
/// write it with, and the reason.
/// </summary>
internal sealed record Recommendation(
    ConcurrencyModel Model, string With, ConcurrencyModel PythonModel, string PythonWith, string Because) : DecisionNode
{
    // Two nodes below one another, for C# and for Python; the reason is that of both.
    public override IEnumerable<ChartNode> ToNodes(string reply, Workload? work) =>
    [
        new($"C#: {Model}, {With}", reply, [], Model, work is not null, Because),
        new($"Python: {PythonModel}, {PythonWith}", "", [], PythonModel, work is not null),
    ];
}
