using System.Text;

namespace ConcurrencyNotebooks;

/// <summary>The numbers behind a picture, for those who cannot see it or want to copy them.</summary>
internal sealed record Table(string[] Header, IReadOnlyList<string[]> Rows, string Note = "")
{
    private const int MostRows = 60;

    /// <summary>The first rows of many, and how many more there are.</summary>
    public Table Shortened() => Rows.Count <= MostRows ? this : this with { Rows = [.. Rows.Take(MostRows)], Note = $"and {Rows.Count - MostRows} more rows. {Note}".TrimEnd() };

    public string ToHtml(bool isOpen = false)
    {
        // Jupyter's style sheet takes the triangle away and moves text to the right. HTML lets the ends of cells and rows be left out.
        var html = new StringBuilder($"<details class=\"cn-data\"{(isOpen ? " open" : "")}><summary style=\"display:list-item;cursor:pointer\">Data</summary>");
        html.Append("<style>.cn-data :is(td,th){text-align:left!important}</style><table><thead><tr>");
        foreach (var name in Header) html.Append("<th scope=\"col\">").Append(Canvas.Escape(name));
        html.Append("<tbody>\n");
        foreach (var row in Rows)
        {
            html.Append("<tr>");
            foreach (var cell in row) html.Append("<td>").Append(Canvas.Escape(cell));
            html.Append('\n');
        }

        html.Append("</table>");
        if (Note.Length > 0) html.Append("<p>").Append(Canvas.Escape(Note)).Append("</p>");
        return html.Append("</details>").ToString();
    }

    public override string ToString()
    {
        var rows = Rows.Select(row => row.Select(cell => cell.ReplaceLineEndings(" ")).ToArray()).Prepend(Header).ToList();
        var widths = Header.Select((_, column) => rows.Max(row => TextLayout.Columns(row[column]))).ToArray();
        var lines = rows.Select(row => string.Concat(row.Select((cell, column) => Pad(cell, widths[column], left: column == 0) + "  ")).TrimEnd());
        return string.Join('\n', Note.Length > 0 ? lines.Append(Note) : lines);
    }

    // Names to the left, numbers to the right.
    private static string Pad(string cell, int width, bool left)
    {
        var blanks = new string(' ', width - TextLayout.Columns(cell));
        return left ? cell + blanks : blanks + cell;
    }
}
