using System.Text.Json.Nodes;

namespace ConcurrencyNotebooks;

/// <content>The same chart as a figure of plotly.js.</content>
internal sealed partial record TimelineChart
{
    public override Figure ToFigure()
    {
        var (spans, lanes) = Rows();
        var colours = Colours(spans);
        var names = lanes.SelectMany(lane => Enumerable.Repeat("", lane.Rows - 1).Prepend(lane.Name)).ToList();
        var figure = new Figure(height: 80 + Math.Clamp(names.Count * 24, 80, 900));
        figure.Layout["xaxis"] = Figure.Axis(new ChartAxis("time", "s"));
        figure.Layout["yaxis"] = Figure.Rows(names);
        figure.Layout["barmode"] = "overlay";
        foreach (var group in spans.GroupBy(span => (Colour: colours(span), span.IsWaiting, Kind: KindOf(span))))
        {
            var colour = Palette.Colour(group.Key.Colour);
            figure.Add("bar", group.Key.Kind, new()
            {
                ["orientation"] = "h",
                ["base"] = Figure.Numbers(group.Select(span => Math.Round(span.Start, 7))),
                ["x"] = Figure.Numbers(group.Select(span => Math.Round(span.Length, 7))),
                ["y"] = Figure.Numbers(group.Select(span => (double)span.Row)),
                ["text"] = Figure.Texts(group.Select(span => Figure.Text(span.Name))),
                ["textposition"] = group.Key.IsWaiting ? "none" : "inside", // White on hatching cannot be read.
                ["width"] = 0.85,
                ["insidetextanchor"] = "middle",
                ["hovertemplate"] = "%{text}<br>from %{base:.4~s}s to %{x:.4~s}s<extra></extra>",
                ["marker"] = new JsonObject
                {
                    ["color"] = colour,
                    ["opacity"] = group.Key.IsWaiting ? 0.55 : 1,
                    ["pattern"] = new JsonObject { ["shape"] = group.Key.IsWaiting ? "/" : "", ["size"] = 6 },
                },
            });
        }

        return figure;
    }

    private static string KindOf(Placed span)
    {
        var kind = span.Model?.ToString().ToLowerInvariant() ?? span.Name;
        return span.IsWaiting ? $"{kind}, waiting" : kind;
    }
}
