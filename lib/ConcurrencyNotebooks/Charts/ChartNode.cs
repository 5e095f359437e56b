namespace ConcurrencyNotebooks;

/// <summary>
/// A node of a tree chart: a question that leads to others, or where a path ends, a recommendation with its model and the reason. The reply
/// that leads to it is empty for the root, and for what stands below its sibling under the same answer. Lit is what lies on the path shown.
/// </summary>
internal sealed record ChartNode(
    string Text, string Reply, IReadOnlyList<ChartNode> Next, ConcurrencyModel? Model = null, bool IsLit = false, string Note = "");
