namespace ConcurrencyNotebooks;

/// <summary>A node of a tree chart: a question, or where a path ends.</summary>
/// <param name="Text">What it asks or recommends.</param>
/// <param name="Reply">The answer that leads to it; empty for the root, and for what stands below its sibling under the same answer.</param>
/// <param name="Next">The nodes that it leads to; none where a path ends.</param>
/// <param name="Model">The model that it recommends, which gives it its colour.</param>
/// <param name="IsLit">Whether it lies on the path that is shown.</param>
/// <param name="Note">The reason.</param>
internal sealed record ChartNode(
    string Text, string Reply, IReadOnlyList<ChartNode> Next, ConcurrencyModel? Model = null, bool IsLit = false, string Note = "");
