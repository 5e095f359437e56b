using System.Globalization;
using System.Text.Json.Nodes;
using static ConcurrencyNotebooks.Canvas;

namespace ConcurrencyNotebooks;

/// <summary>A table whose cells are darker the larger their number is; each has its number written in it.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Axis">The unit of the numbers, and whether equal factors are equal steps of darkness.</param>
internal sealed record HeatMap(IReadOnlyList<HeatRow> Rows, IReadOnlyList<string> Columns, ChartAxis Axis) : ChartContent
{
    private const double CellHeight = 34;
    private const int MostRows = 40, MostColumns = 8;

    public override bool IsInteractive => true;

    public override void Check()
    {
        Require(Rows.Count is > 0 and <= MostRows && Columns.Count is > 0 and <= MostColumns, $"A heat map has 1 to {MostRows} rows and 1 to {MostColumns} columns.");
        Require(Rows.All(row => row.Values.Count == Columns.Count), $"A row of a heat map has a number for each of its {Columns.Count} columns.");
    }

    public override Drawing Draw(string title, string subtitle)
    {
        var canvas = new Canvas();
        var (left, y) = (Margin, 0.0);
        var names = Rows.Select(row => TextLayout.Wrap(row.Name, 150, FontSize).ToList()).ToList();
        left += names.SelectMany(lines => lines).Select(line => TextLayout.Width(line, FontSize)).DefaultIfEmpty().Max() + 8;
        var width = (Width - Margin - left) / Columns.Count;
        for (var column = 0; column < Columns.Count; column++)
            canvas.Text(left + ((column + 0.5) * width), y + 14, Columns[column], "middle", size: SmallFontSize, maxWidth: width - 4);
        y += 22;
        for (var row = 0; row < Rows.Count; row++)
        {
            var height = Math.Max(CellHeight, (names[row].Count * 17) + 6);
            for (var line = 0; line < names[row].Count; line++)
                canvas.Text(left - 8, y + (height / 2) + 5 + ((line - ((names[row].Count - 1) / 2.0)) * 17), names[row][line], "end");
            for (var column = 0; column < Columns.Count; column++)
            {
                var (value, x) = (Rows[row].Values[column], left + (column * width));
                var share = Share(value);
                canvas.Mark(
                    $"M{N(x)} {N(y)}h{N(width - 2)}v{N(height - 2)}h{N(2 - width)}z",
                    $" class=\"h\" fill=\"#1f2937\" fill-opacity=\"{share.ToString("0.##", CultureInfo.InvariantCulture)}\"",
                    $"{Rows[row].Name}, {Columns[column]}: {Shown(value)}");
                if (double.IsNaN(value)) continue;
                canvas.Text(x + (width / 2) - 1, y + (height / 2) + 4, Shown(value), "middle", maxWidth: width - 4);
            }

            y += height;
        }

        var description = $"Heat map. {string.Join("; ", Rows.Select(row => $"{row.Name}: {string.Join(", ", row.Values.Select((value, i) => $"{Columns[i]} {Shown(value)}"))}"))}.";
        var table = new Table(["", .. Columns], [.. Rows.Select(row => (string[])[row.Name, .. row.Values.Select(Shown)])]);
        return new(title, subtitle, description, canvas, y, table);
    }

    public override Figure ToFigure()
    {
        var figure = new Figure(height: 90 + (Rows.Count * 44));
        figure.Layout["xaxis"] = Figure.Axis(new ChartAxis(Categories: Columns));
        figure.Layout["xaxis"]!["side"] = "top";
        figure.Layout["xaxis"]!["fixedrange"] = true;
        figure.Layout["xaxis"]!["showgrid"] = false;
        figure.Layout["xaxis"]!["zeroline"] = false;
        figure.Layout["yaxis"] = Figure.Rows(Rows.Select(row => row.Name));
        figure.Layout["yaxis"]!["range"] = new JsonArray(Rows.Count - 0.5, -0.5);
        figure.Add("heatmap", "", new()
        {
            ["z"] = new JsonArray([.. Rows.Select(row => Figure.Numbers(row.Values.Select(value => double.IsFinite(value) ? Share(value) : double.NaN)))]),
            ["text"] = new JsonArray([.. Rows.Select(row => Figure.Texts(row.Values.Select(Shown)))]),
            ["texttemplate"] = "%{text}",
            ["hovertemplate"] = "%{y}, %{x}: %{text}<extra></extra>",
            ["colorscale"] = new JsonArray(new JsonArray(0, "rgba(136,136,136,0)"), new JsonArray(1, "rgba(136,136,136,.6)")),
            ["zmin"] = 0,
            ["zmax"] = 0.4,
            ["showscale"] = false,
            ["xgap"] = 2,
            ["ygap"] = 2,
        });
        return figure;
    }

    private string Shown(double value) => double.IsNaN(value) ? "" : Quantity.Format(value, Axis.Unit);

    // At most so dark that the number is still readable on it.
    private double Share(double value)
    {
        var scale = new Scale(Axis, Rows.SelectMany(row => row.Values), 0, 0.4);
        return scale.Shows(value) ? scale.At(value) : 0;
    }
}
