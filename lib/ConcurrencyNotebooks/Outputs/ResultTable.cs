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
    private const int MostRows = 40, MostLines = 20, WidestColumn = 48;

    private readonly string[] _columns = columns is { Length: > 0 }
        ? columns
        : throw new ArgumentException("A table has one column at least.", nameof(columns));
    private readonly string _note = "";

    internal ResultTable(string[] columns, IEnumerable<string[]> rows, string note = "")
        : this(columns) => (Rows, _note) = ([.. rows], note);

    internal List<string[]> Rows { get; } = [];

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

        Rows.Add([.. cells.Select(cell => cell is double number
            ? Quantity.Format(number, "")
            : string.Create(CultureInfo.InvariantCulture, $"{cell}"))]);
        return this;
    }

    /// <summary>The table as HTML.</summary>
    public string ToHtml() => ToHtml(isOpen: true);

    /// <summary>The first rows in aligned columns, names to the left, numbers to the right.</summary>
    public override string ToString()
    {
        var rows = Rows.Take(MostLines).Prepend(_columns)
            .Select(row => Array.ConvertAll(row, cell => cell.ReplaceLineEndings(" "))).ToList();
        var widths = _columns.Select((_, column) => Math.Min(WidestColumn, rows.Max(row => TextLayout.Columns(row[column])))).ToArray();
        var lines = rows.Select(row => string.Concat(row.Select((cell, column) =>
        {
            var blanks = new string(' ', Math.Max(0, widths[column] - TextLayout.Columns(cell)));
            return column == 0 ? cell + blanks + "  " : blanks + cell + "  ";
        })).TrimEnd());
        return string.Join('\n', NoteFor(MostLines) is { Length: > 0 } note ? lines.Append(note) : lines);
    }

    // Jupyter's style sheet takes the triangle away and moves text to the right. HTML lets the ends of cells and rows be left out.
    internal string ToHtml(bool isOpen, string style = "")
    {
        var header = _columns.Select(name => name.Length == 0 ? "<td>" : $"<th>{Markup.Escape(name)}");
        var rows = Rows.Take(MostRows).Select(row => "<tr>" + string.Concat(row.Select(cell => "<td>" + Markup.Escape(cell))));
        var note = NoteFor(MostRows) is { Length: > 0 } some ? $"<p>{Markup.Escape(some)}</p>" : "";
        return $"<details class=cn-data{(isOpen ? " open" : "")}><summary style=display:list-item;cursor:pointer>Data</summary>"
            + $"<style>{style}.cn-data :is(td,th){{text-align:left!important}}</style><table><thead><tr>{string.Concat(header)}<tbody>"
            + $"{string.Concat(rows)}</table>{note}</details>";
    }

    private string NoteFor(int most) => Rows.Count <= most ? _note : $"and {Rows.Count - most} more rows. {_note}".TrimEnd();
}
