namespace ConcurrencyNotebooks;

/// <summary>The numbers behind a picture, for those who cannot see it or want to copy them.</summary>
internal sealed record Table(string[] Header, IReadOnlyList<string[]> Rows, string Note = "")
{
    private const int MostRows = 40, MostLines = 20, WidestColumn = 48;

    // Jupyter's style sheet takes the triangle away and moves text to the right. HTML lets the ends of cells and rows be left out.
    public string ToHtml(bool isOpen = false, string style = "")
    {
        var (header, rows) = (Header.Select(name => name.Length == 0 ? "<td>" : $"<th>{Markup.Escape(name)}"), Rows.Take(MostRows)
            .Select(row => "<tr>" + string.Concat(row.Select(cell => "<td>" + Markup.Escape(cell)))));
        var note = NoteFor(MostRows) is { Length: > 0 } some ? $"<p>{Markup.Escape(some)}</p>" : "";
        return $"<details class=cn-data{(isOpen ? " open" : "")}><summary style=display:list-item;cursor:pointer>Data</summary>"
            + $"<style>{style}.cn-data :is(td,th){{text-align:left!important}}</style><table><thead><tr>{string.Concat(header)}<tbody>"
            + $"{string.Concat(rows)}</table>{note}</details>";
    }

    /// <summary>The rows in aligned columns, names to the left, numbers to the right; a few of many, as outputs hold them twice.</summary>
    public override string ToString()
    {
        var rows = Rows.Take(MostLines).Select(row => row.Select(cell => cell.ReplaceLineEndings(" ")).ToArray()).Prepend(Header).ToList();
        var widths = Header.Select((_, column) => Math.Min(WidestColumn, rows.Max(row => TextLayout.Columns(row[column])))).ToArray();
        var lines = rows.Select(row =>
            string.Concat(row.Select((cell, column) => Padded(cell, widths[column], toTheLeft: column == 0) + "  ")).TrimEnd());
        return string.Join('\n', NoteFor(MostLines) is { Length: > 0 } note ? lines.Append(note) : lines);
    }

    private static string Padded(string cell, int width, bool toTheLeft)
    {
        var blanks = new string(' ', Math.Max(0, width - TextLayout.Columns(cell)));
        return toTheLeft ? cell + blanks : blanks + cell;
    }

    private string NoteFor(int most) => Rows.Count <= most ? Note : $"and {Rows.Count - most} more rows. {Note}".TrimEnd();
}
