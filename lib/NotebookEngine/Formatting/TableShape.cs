namespace NotebookEngine;

/// <summary>How the items of a collection fill a table: the members of objects are columns, anything else is a value.</summary>
internal sealed class TableShape
{
    private const string ValueColumn = "value";

    private TableShape(IReadOnlyList<FormattedNode> items)
    {
        var names = items.OfType<ObjectNode>().SelectMany(item => item.Members.Select(member => member.Name)).Distinct();
        Columns = [.. names, .. items.Any(item => item is not ObjectNode) ? [ValueColumn] : Array.Empty<string>()];
        Rows = [.. items.Select(RowOf)];
    }

    /// <summary>The columns' titles.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>A cell per column; null where an object has no such member.</summary>
    public IReadOnlyList<IReadOnlyList<FormattedNode?>> Rows { get; }

    public static TableShape Of(IReadOnlyList<FormattedNode> items) => new(items);

    private List<FormattedNode?> RowOf(FormattedNode item)
    {
        if (item is not ObjectNode row) return [.. Columns.Select((_, i) => i == Columns.Count - 1 ? item : null)];
        return [.. Columns.Select(column => row.Members.FirstOrDefault(member => member.Name == column).Value)];
    }
}
