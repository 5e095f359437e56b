using System.Text.Json.Nodes;

namespace ConcurrencyNotebooks;

/// <content>The same chart as a figure of plotly.js.</content>
internal sealed partial record LineChart
{
    public override Figure ToFigure()
    {
        var figure = new Figure(height: 400);
        figure.Layout["xaxis"] = Figure.Axis(X, Lines.SelectMany(PointsOf).Select(point => point.X));
        figure.Layout["yaxis"] = Figure.Axis(Y, Lines.SelectMany(PointsOf).Select(point => point.Y));
        if (!Y.Logarithmic) figure.Layout["yaxis"]!["rangemode"] = "tozero";
        for (var i = 0; i < Lines.Count; i++)
        {
            var (line, colour) = (Lines[i], Palette.Colour(Colour(i)));
            var points = PointsOf(line);
            var stroke = new JsonObject { ["color"] = colour, ["width"] = 2 };
            if (line.IsReference) stroke["dash"] = "dash";
            if (line.Shape == LineShape.Steps) stroke["shape"] = "hv";
            figure.Add("scatter", line.Name, new()
            {
                ["mode"] = line.Shape == LineShape.Dots ? "markers" : line.IsReference || line.Shape == LineShape.Steps ? "lines" : "lines+markers",
                ["x"] = Figure.Numbers(points.Select(point => X.Logarithmic && point.X <= 0 ? double.NaN : point.X)),
                ["y"] = Figure.Numbers(points.Select(point => Y.Logarithmic && point.Y <= 0 ? double.NaN : point.Y)),
                ["line"] = stroke,
                ["marker"] = new JsonObject { ["symbol"] = Figure.Symbol(i), ["size"] = 8, ["color"] = colour },
                ["hovertemplate"] = $"{(X.Categories is null ? $"%{{x:.4~s}}{Figure.Text(X.Unit)}" : "%{x}")}, %{{y:.4~s}}{Figure.Text(Y.Unit)}",
            });
        }

        var values = Lines.SelectMany(PointsOf).Select(point => point.Y).Where(y => double.IsFinite(y) && (y > 0 || !Y.Logarithmic)).ToList();
        if (values.Count == 0) return figure;
        foreach (var mark in Marks)
        {
            figure.Add("scatter", mark.Text, new()
            {
                ["mode"] = "lines",
                ["x"] = Figure.Numbers([mark.At, mark.At]),
                ["y"] = Figure.Numbers([Y.Logarithmic ? values.Min() : Math.Min(0, values.Min()), values.Max()]),
                ["line"] = new JsonObject { ["color"] = Figure.Grey, ["width"] = 1.5, ["dash"] = "dot" },
                ["hoverinfo"] = "name",
            });
        }

        return figure;
    }
}
