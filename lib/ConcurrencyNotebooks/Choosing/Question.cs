namespace ConcurrencyNotebooks;

/// <summary>A question with two answers.</summary>
/// <param name="Id">Its name in the table of all paths.</param>
/// <param name="Text">The question.</param>
/// <param name="IsYes">Answers it for a workload: true leads to the first answer.</param>
/// <param name="Yes">The first answer, and where it leads.</param>
/// <param name="No">The second answer, and where it leads.</param>
public sealed record Question(
    string Id, string Text, Func<Workload, bool> IsYes, (string Reply, DecisionNode Next) Yes, (string Reply, DecisionNode Next) No)
    : DecisionNode;
