using System.Text.Encodings.Web;

namespace ConcurrencyNotebooks;

/// <summary>Draws a scene as a figure of plotly.js, whose schema is the interface: an object with <c>data</c> and <c>layout</c>.</summary>
/// <remarks>Grounds are transparent. What is <see cref="Palette.Ink"/> gets the colour that text has on the page.</remarks>
internal static class SceneFigure
{
    // What stands around the rows: a margin, an axis with its title, a legend.
    private const int AroundRows = 109, LeastHeight = 86;

    private static readonly string[] Symbols = ["circle", "square", "triangle-up", "diamond", "triangle-down", "cross"];

    public static string ToJson(ChartSpec chart)
    {
        var scene = chart.Scene;
        var traces = scene.Series.SelectMany(series =>
            new[] { series.Form == MarkForm.Bars ? Bars(series) : Scatter(series), Words(series) }
                .Where(trace => trace.Length > 0).Select(trace => $"{{{trace}{Legend(scene, series)}}}"));
        var words = Lines(chart.Title, 60, 3) + string.Concat(scene.Notes.Prepend(chart.Subtitle).Where(text => text.Length > 0)
            .Select(text => $"<br><sub>{Lines(text, 80, 3)}</sub>"));
        var lines = words.Split("<br>").Length; // plotly.js begins several a line higher than one

        // Names on several lines need the room of so many.
        var nameLines = scene.RowHeight > 24
            ? scene.Rows.Select(row => RowName(scene, row.Name).Split("<br>").Length).DefaultIfEmpty(1).Max()
            : 1;
        var row = Math.Max(0.85 * scene.RowHeight, 6 + (17 * nameLines));
        var height = scene.Y is null ? AroundRows + Math.Clamp((int)((scene.LastRow + 0.7) * row), LeastHeight, 900) : 330;
        var behind = scene.LabelledBehind.Select(mark => TextLayout.Width(mark.Label, Canvas.SmallFontSize) + 8).Append(40);
        return
            $$$"""
            {"data":[{{{string.Join(',', traces)}}}],"layout":{"paper_bgcolor":"rgba(0,0,0,0)","plot_bgcolor":"rgba(0,0,0,0)",
            "modebar":{"bgcolor":"rgba(0,0,0,0)","color":"#888"},"hovermode":"closest","barmode":"overlay",
            "uniformtext":{"mode":"hide","minsize":10},
            "legend":{"orientation":"h","x":0.02,"xref":"container","y":-0.02,"yref":"container","yanchor":"bottom"},
            "margin":{"l":16,"r":{{{Number(Math.Ceiling(behind.Max()))}}},
            "t":{{{26 + (20 * lines) + (scene.Rules.Count > 0 ? 16 : 0)}}},"b":16},
            "height":{{{height + (20 * lines)}}},
            "title":{"text":{{{Quoted(words)}}},"x":0.02,"y":1,"yanchor":"top","pad":{"t":{{{(lines > 1 ? 26 : 10)}}}},"font":{"size":16}},
            "font":{"family":"system-ui, sans-serif","size":13,"color":"{{{Palette.InkColour}}}"},
            "xaxis":{{{Axis(scene.X, scene.Marks.Select(mark => mark.X), 0, 400)}}},
            "yaxis":{{{(scene.Y is null ? Rows(scene) : Axis(scene.Y, scene.Marks.Select(mark => mark.Y), 240, 0))}}},
            "shapes":{{{List(scene.Rules.Where(rule => double.IsFinite(rule.At)).Select(Rule))}}}}}
            """.ReplaceLineEndings("");
    }

    /// <summary>Text for plotly.js, which takes a few elements of HTML for what they are.</summary>
    public static string Text(string text) => Markup.Escape(text.ReplaceLineEndings(" "))
        .Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&apos;", "'", StringComparison.Ordinal);

    private static string Legend(Scene scene, MarkSeries series)
    {
        var (name, others) = (Quoted(Text(series.Name)), scene.Series.Where(other => other.Name == series.Name).ToList());
        return $",\"name\":{name}" + (others.Count > 1 ? $",\"legendgroup\":{name}" : "")
            + (series.Name.Length == 0 || !ReferenceEquals(others[0], series) ? ",\"showlegend\":false" : "");
    }

    private static string Bars(MarkSeries series)
    {
        var colour = Palette.Colour(series.Colour);
        var (isWaiting, texture) = (series.IsWaiting, Palette.Texture(series.Colour, series.IsWaiting));
        var marker = series.IsHollow
            ? $$$"""{"color":"rgba(0,0,0,0)","line":{"color":"{{{colour}}}","width":{{{Number(2 * series.Size)}}}}}"""
            : isWaiting
            ? $$$"""
                {"color":"{{{colour}}}","line":{"color":"{{{colour}}}","width":1},"opacity":0.55,
                "pattern":{"shape":"{{{texture}}}","size":6}}
                """
            : $$$"""
                {"color":"{{{colour}}}","opacity":{{{List(series.Marks.Select(mark => mark.Share))}}},
                "pattern":{"shape":"{{{texture}}}","size":6,"solidity":0.2,"fillmode":"overlay","fgcolor":"#000","fgopacity":0.45}}
                """;
        var font = isWaiting ? $"\"insidetextfont\":{{\"color\":\"{Palette.InkColour}\"}}," : "";
        var position = series.LabelsBehind ? "outside" : series.IsSolid || isWaiting ? "inside" : "none";
        return
            $$$"""
            "type":"bar","orientation":"h","width":{{{Number(series.Thickness)}}},"marker":{{{marker}}},
            "textposition":"{{{position}}}","cliponaxis":{{{(series.LabelsBehind ? "false" : "true")}}},
            "insidetextanchor":"middle","textangle":0,
            {{{font}}}{{{Labels(series)}}}{{{Hover(series)}}}
            "base":{{{List(series.Marks.Select(mark => mark.From))}}},{{{Places(series, mark => Math.Round(mark.X - mark.From, 9))}}}
            """;
    }

    private static string Scatter(MarkSeries series)
    {
        var (colour, symbol) = (Palette.Colour(series.Colour), Symbols[series.Symbol % Symbols.Length] + (series.IsHollow ? "-open" : ""));
        var mode = (series.Form != MarkForm.Dots ? "+lines" : "")
            + (series.Form is MarkForm.Dots or MarkForm.LineWithDots ? "+markers" : "") + (series.LabelsBehind ? "+text" : "");
        return
            $$$"""
            "type":"scatter","mode":"{{{mode[1..]}}}","textposition":"middle right",
            "cliponaxis":{{{(series.LabelsBehind ? "false" : "true")}}},
            "line":{"color":"{{{colour}}}","dash":"{{{Palette.Dashes[series.Dash].Plotly}}}",
            "shape":"{{{(series.Form == MarkForm.Steps ? "hv" : "linear")}}}"},
            "marker":{"color":"{{{colour}}}","symbol":"{{{symbol}}}","size":{{{Number(Math.Max(5, 2 * series.Size))}}}},
            {{{Labels(series)}}}{{{Hover(series)}}}{{{Places(series, mark => mark.X)}}}
            """;
    }

    // Text of the page's own colour stands in no bar, where plotly.js would take what stands out from the bar.
    private static string Words(MarkSeries series) =>
        series.IsSolid || series.LabelsBehind || series.IsWaiting || series.Marks.All(mark => mark.Label.Length == 0) ? ""
            : $"\"type\":\"scatter\",\"mode\":\"text\",\"hoverinfo\":\"skip\",{Labels(series)}"
                + Places(series, mark => (mark.From + mark.X) / 2);

    private static string Hover(MarkSeries series) =>
        series.Hover.Length > 0 ? $"\"hovertemplate\":{Quoted(series.Hover)}," : "\"hoverinfo\":\"skip\",";

    private static string Labels(MarkSeries series) =>
        series.Marks.Any(mark => mark.Label.Length > 0) ? $"\"text\":{List(series.Marks.Select(mark => Quoted(Text(mark.Label))))}," : "";

    private static string Places(MarkSeries series, Func<Mark, double> x) =>
        $"\"x\":{List(series.Marks.Select(x))},\"y\":{List(series.Marks.Select(mark => mark.Y))}";

    // A logarithmic axis has the ticks of the picture: plotly.js writes the unit at powers of ten alone. Ticks that nobody sees keep the
    // numbers at the corner apart.
    private static string Axis(ChartAxis? axis, IEnumerable<double> values, double from, double to)
    {
        if (axis is null) return $"{{\"visible\":false,\"range\":[0,{Number(Canvas.Width)}]}}";
        var scale = new Scale(axis, values, from, to);
        var hasPrefixes = axis.Unit is "s" or "B" && !axis.Logarithmic;
        var (title, unit, format) = hasPrefixes ? (axis.Title, axis.Unit, "~s") : (scale.Caption, "", ""); // 100m and s: 100ms
        var words = from > to ? Lines(title, 28, 2) : Text(title);
        var ticks = axis.Categories?.Select((name, i) => ((double)i, name)) ?? (axis.Logarithmic ? scale.Ticks : []);
        var isLong = Math.Max(Math.Abs(scale.Low), Math.Abs(scale.High)) >= 1e10; // plotly.js would write all its zeros
        var labels = ticks.Any() ? "," + Ticks(ticks.Select(tick => tick.Item1), ticks.Select(tick => Text(tick.Item2))) : "";
        var range = axis.Categories is { Count: > 0 and var count } ? $",\"range\":[-0.5,{Number(count - 0.5)}]"
            : axis.Logarithmic ? $",\"range\":{List(Ends(Math.Log10(scale.Low), Math.Log10(scale.High)))}" : "";
        return
            $$$"""
            {"title":{"text":{{{Quoted(words)}}}},"gridcolor":"rgba(136,136,136,.3)","zerolinecolor":"#888","automargin":true,
            "rangemode":"tozero","ticks":"outside","tickcolor":"rgba(0,0,0,0)","type":"{{{(axis.Logarithmic ? "log" : "linear")}}}",
            "ticksuffix":{{{Quoted(Text(unit))}}},"tickformat":"{{{format}}}","separatethousands":true,
            "exponentformat":"{{{(isLong ? "SI" : "none")}}}"{{{labels}}}{{{range}}}}
            """;
    }

    // A little beyond the first and the last tick, so that a dot there is whole.
    private static IEnumerable<double> Ends(double low, double high) => [low - (0.03 * (high - low)), high + (0.03 * (high - low))];

    private static string Rows(Scene scene)
    {
        var rows = scene.X is null ? [] : scene.ShownRows(scene.RowHeight).ToList();
        return $"{{{Ticks(rows.Select(row => row.At), rows.Select(row => RowName(scene, row.Name)))},"
            + $"\"range\":[{Number(scene.LastRow + 0.1)},-0.6],\"fixedrange\":true,\"showgrid\":false,"
            + "\"ticks\":\"outside\",\"ticklen\":4,\"tickcolor\":\"rgba(0,0,0,0)\","
            + "\"zeroline\":false,\"automargin\":true}";
    }

    private static string Ticks(IEnumerable<double> places, IEnumerable<string> words) =>
        $"\"tickvals\":{List(places)},\"ticktext\":{List(words.Select(Quoted))}";

    private static string RowName(Scene scene, string name) => Lines(name, 28, scene.RowHeight > 24 ? 4 : 2);

    private static string Rule(ChartMark rule) =>
        $"{{\"type\":\"line\",\"x0\":{Number(rule.At)},\"x1\":{Number(rule.At)},\"y0\":0,\"y1\":1,\"yref\":\"paper\""
        + ",\"line\":{\"color\":\"#888\",\"dash\":\"dot\"},"
        + $"\"label\":{{\"text\":{Quoted(Text(rule.Text))},\"textposition\":\"end\",\"textangle\":0,\"yanchor\":\"bottom\"}}}}";

    // What is no number leaves a hole.
    private static string Number(double number) => double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "null";

    private static string List(IEnumerable<double> numbers) => List(numbers.Select(Number));

    private static string List(IEnumerable<string> values) => $"[{string.Join(',', values)}]";

    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    // About as many characters on a line; a space is best to break at.
    private static string Lines(string text, int characters, int most)
    {
        var lines = TextLayout.Wrap(text, characters * 7, Canvas.SmallFontSize).ToList();
        return string.Join("<br>", lines.Take(most).Select(Text)) + (lines.Count > most ? "…" : "");
    }
}
