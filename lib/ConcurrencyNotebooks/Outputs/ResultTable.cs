namespace ConcurrencyNotebooks;

/// <summary>A table that a cell fills row by row; as the last value of a cell it is shown.</summary>
/// <remarks>
/// Hosts show a list of anonymous types each in its own way, and .NET Interactive as a tree of collapsed details. This type
/// renders itself, so it looks the same everywhere. Not safe for several threads.
/// </remarks>
/// <param name="columns">The names of the columns, at least one.</param>
/// <example>
/// <code>
/// new ResultTable("work", "model", "time in s").Add("waits", Async, 0.1).Add("sums", Processes, 0.42)
/// </code>
/// </example>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class ResultTable(params string[] columns) : IRichOutput
{
    private readonly string[] _columns = columns is { Length: > 0 }
        ? columns
        : throw new ArgumentException("A table has one column at least.", nameof(columns));
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row. Numbers are rounded to three digits that count; null is an empty cell.</summary>
    /// <param name="cells">A value for each column.</param>
    /// <returns>The table itself.</returns>
    /// <exception cref="ArgumentException">There are more or fewer values than columns.</exception>
    public ResultTable Add(params object?[] cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Length != _columns.Length)
        {
            throw new ArgumentException(
                $"This row has {cells.Length} values, and the table {_columns.Length} columns: {string.Join(", ", _columns)}.",
                nameof(cells));
        }

        _rows.Add([.. cells.Select(Text)]);
        return this;
    }

    /// <summary>The table as HTML.</summary>
    public string ToHtml() => Describe().ToHtml(isOpen: true);

    /// <summary>The table in aligned columns.</summary>
    public override string ToString() => Describe().ToString();

    private static string Text(object? value) => value switch
    {
        double number => Quantity.Format(number, ""),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    private Table Describe() => new(_columns, _rows);
}
