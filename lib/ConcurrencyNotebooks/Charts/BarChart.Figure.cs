using System.Text.Json.Nodes;

namespace ConcurrencyNotebooks;

/// <content>The same chart as a figure of plotly.js.</content>
internal sealed partial record BarChart
{
    public override Figure ToFigure()
    {
        var figure = new Figure(height: 70 + (Bars.Count * (Bars.Any(HasStrip) ? 52 : 36)));
        figure.Layout["xaxis"] = Figure.Axis(Axis, Bars.SelectMany(bar => bar.All));
        figure.Layout["yaxis"] = Figure.Rows(Bars.Select(bar => bar.Label));
        figure.Add(Axis.Logarithmic ? "scatter" : "bar", Axis.Named("value"), Values());
        var first = true;
        for (var i = 0; i < Bars.Count; i++)
        {
            var (bar, colour) = (Bars[i], Palette.Colour(Palette.Index(Bars[i].Model)));
            if (bar.Runs is not { Count: > 1 } runs) continue;
            figure.Add("scatter", "every run", new()
            {
                ["mode"] = "markers",
                ["x"] = Figure.Numbers(runs),
                ["y"] = Figure.Numbers(runs.Select((_, run) => Math.Round(i + 0.3 + (0.15 * run / (runs.Count - 1)), 2))),
                ["marker"] = new JsonObject { ["color"] = colour, ["size"] = 6, ["opacity"] = 0.7 },
                ["legendgroup"] = "runs",
                ["showlegend"] = first,
                ["hovertemplate"] = $"{Figure.Text(bar.Label)}<br>%{{x:.4~s}}{Figure.Text(Axis.Unit)}<extra>run</extra>",
            });
            first = false;
        }

        var guesses = Bars.Select((bar, i) => (bar.Guess, Row: i)).Where(bar => bar.Guess is not null).ToList();
        if (guesses.Count == 0) return figure;
        figure.Add("scatter", "guessed", new()
        {
            ["mode"] = "markers",
            ["x"] = Figure.Numbers(guesses.Select(guess => guess.Guess!.Value)),
            ["y"] = Figure.Numbers(guesses.Select(guess => guess.Row + 0.38)),
            ["marker"] = new JsonObject { ["symbol"] = "diamond-open", ["size"] = 12, ["color"] = Figure.Grey, ["line"] = new JsonObject { ["width"] = 2 } },
            ["hovertemplate"] = $"%{{x:.4~s}}{Figure.Text(Axis.Unit)}<extra>guessed</extra>",
        });
        return figure;
    }

    private JsonObject Values()
    {
        var colours = Bars.Select(bar => Palette.Index(bar.Model)).ToList();
        var trace = new JsonObject
        {
            ["x"] = Figure.Numbers(Bars.Select(bar => bar.Value)),
            ["y"] = Figure.Numbers(Bars.Select((_, i) => (double)i)),
            ["text"] = Figure.Texts(Bars.Select(bar => Quantity.Format(bar.Value, Axis.Unit))),
            ["textposition"] = Axis.Logarithmic ? "middle right" : "outside",
            ["cliponaxis"] = false,
            ["hovertemplate"] = "%{y}<br>%{text}<extra></extra>",
            ["marker"] = new JsonObject { ["color"] = Figure.Texts(colours.Select(Palette.Colour)) },
        };
        if (Axis.Logarithmic)
        {
            trace["mode"] = "markers+text";
            trace["marker"]!["size"] = 13;
        }
        else
        {
            trace["orientation"] = "h";
            trace["width"] = 0.45;
            trace["marker"]!["pattern"] = Figure.Pattern(colours);
        }

        if (Bars.Any(bar => bar is { Low: not null, High: not null }))
        {
            if (!Axis.Logarithmic) (trace["textposition"], trace["insidetextanchor"]) = ("auto", "start");
            trace["error_x"] = new JsonObject
            {
                ["type"] = "data",
                ["symmetric"] = false,
                ["array"] = Figure.Numbers(Bars.Select(bar => (bar.High ?? bar.Value) - bar.Value)),
                ["arrayminus"] = Figure.Numbers(Bars.Select(bar => bar.Value - (bar.Low ?? bar.Value))),
                ["color"] = Figure.Grey,
            };
        }

        return trace;
    }
}
