using System.Text.Encodings.Web;

namespace ConcurrencyNotebooks;

/// <summary>Draws a scene as a figure of plotly.js, whose schema is the interface: an object with <c>data</c> and <c>layout</c>.</summary>
/// <remarks>Grounds are transparent and grid lines are grey, so that only the colour of text depends on the page.</remarks>
internal static class SceneFigure
{
    private const int LeastHeight = 120;

    // plotly.js would choose white, as for a bar that is filled; this can be read on a light page and on a dark one.
    private const string TextOnHatching = "#737f90";

    private static readonly string[] Symbols = ["circle", "square", "triangle-up", "diamond", "triangle-down", "cross"];

    public static string ToJson(ChartSpec chart)
    {
        var (scene, title, subtitle) = (chart.Scene, chart.Title, chart.Subtitle);
        var traces = scene.Series.SelectMany((series, index) =>
            new[] { series.Form == MarkForm.Bars ? Bars(series) : Scatter(series), Words(series) }
                .Where(trace => trace.Length > 0).Select(trace => $"{{{trace}{Legend(scene, series, index)}}}"));
        var words = Lines(title, 60, 3) + (subtitle.Length > 0 ? $"<br><sub>{Lines(subtitle, 80, 3)}</sub>" : "");
        var lines = words.Split("<br>").Length;

        // Names on several lines need the room of so many; a few rows still have that of their axis and of a legend.
        var nameLines = scene.RowHeight > 24
            ? scene.Rows.Select(row => RowName(scene, row.Name).Split("<br>").Length).DefaultIfEmpty(1).Max()
            : 1;
        var row = Math.Max(scene.RowHeight + (nameLines > 1 ? 10 : 2), 6 + (17 * nameLines));
        var height = scene.Y is null ? 75 + Math.Clamp((int)((scene.LastRow + 0.7) * row), LeastHeight, 900) : 330;
        var behind = scene.LabelledBehind.Select(mark => TextLayout.Width(mark.Label, Canvas.SmallFontSize) + 8).Append(40);
        return
            $$$"""
            {"data":[{{{string.Join(',', traces)}}}],"layout":{"paper_bgcolor":"rgba(0,0,0,0)","plot_bgcolor":"rgba(0,0,0,0)",
            "modebar":{"bgcolor":"rgba(0,0,0,0)","color":"#888"},"hovermode":"closest","barmode":"overlay",
            "legend":{"orientation":"h","x":0.02,"xref":"container","y":-0.02,"yref":"container","yanchor":"bottom"},
            "margin":{"l":16,"r":{{{Number(Math.Ceiling(behind.Max()))}}},
            "t":{{{26 + (20 * lines) + (scene.Rules.Count > 0 ? 16 : 0)}}},"b":16},
            "height":{{{height + (20 * lines)}}},
            "title":{"text":{{{Quoted(words)}}},"x":0.02,"y":1,"yanchor":"top","pad":{"t":{{{(16 * lines) - 6}}}},"font":{"size":16}},
            "font":{"family":"system-ui, sans-serif","size":13,"color":"#1f2937"},
            "xaxis":{{{Axis(scene.X, scene.Marks.Select(mark => mark.X))}}},
            "yaxis":{{{(scene.Y is null ? Rows(scene) : Axis(scene.Y, scene.Marks.Select(mark => mark.Y)))}}},
            "shapes":{{{List(scene.Rules.Where(rule => double.IsFinite(rule.At)).Select(Rule))}}}}}
            """.ReplaceLineEndings("");
    }

    /// <summary>Text for plotly.js, which takes a few elements of HTML for what they are.</summary>
    public static string Text(string text) => Markup.Escape(text.ReplaceLineEndings(" "))
        .Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&apos;", "'", StringComparison.Ordinal);

    private static string Legend(Scene scene, MarkSeries series, int index)
    {
        var others = scene.Series.Index().Where(other => other.Item.Name == series.Name).ToList();
        return $",\"name\":{Quoted(Text(series.Name))}" + (others.Count > 1 ? $",\"legendgroup\":{Quoted(Text(series.Name))}" : "")
            + (series.Name.Length == 0 || others[0].Index < index ? ",\"showlegend\":false" : "");
    }

    private static string Bars(MarkSeries series)
    {
        var colour = Palette.Colour(series.Colour);
        var look = (series.IsHollow ? $"\"color\":\"rgba(0,0,0,0)\",\"line\":{{\"color\":\"{colour}\",\"width\":{Number(2 * series.Size)}}}"
            : $"\"color\":\"{colour}\",\"pattern\":{{\"shape\":\"{Palette.Texture(series.Colour, series.IsWaiting)}\",\"size\":6"
                + (series.IsWaiting ? "}" : ",\"solidity\":0.2,\"fillmode\":\"overlay\",\"fgcolor\":\"#000\",\"fgopacity\":0.45}"))
            + (series.IsWaiting ? $",\"opacity\":0.55,\"line\":{{\"color\":\"{colour}\",\"width\":1}}"
                : series.Marks.All(mark => mark.Share == 1) ? "" : $",\"opacity\":{List(series.Marks.Select(mark => mark.Share))}");
        var position = series.LabelsBehind ? "\"outside\",\"cliponaxis\":false"
            : series.IsSolid || series.IsWaiting ? "\"inside\",\"insidetextanchor\":\"middle\"" : "\"none\"";
        if (series.IsWaiting) position += $",\"insidetextfont\":{{\"color\":\"{TextOnHatching}\"}}";
        return $"\"type\":\"bar\",\"orientation\":\"h\",\"width\":{Number(series.Thickness)},\"marker\":{{{look}}},"
            + $"\"textposition\":{position},{Labels(series)}{Hover(series)}"
            + Places("base", series.Marks.Select(mark => mark.From), isOptional: true)
            + Places("x", series.Marks.Select(mark => Math.Round(mark.X - mark.From, 9))) + Positions(series);
    }

    private static string Scatter(MarkSeries series)
    {
        var (colour, symbol) = (Palette.Colour(series.Colour), Symbols[series.Symbol % Symbols.Length] + (series.IsHollow ? "-open" : ""));
        var (line, marker) = (series.Form != MarkForm.Dots, series.Form is MarkForm.Dots or MarkForm.LineWithDots);
        var mode = (line ? "+lines" : "") + (marker ? "+markers" : "") + (series.LabelsBehind ? "+text" : "");
        return $"\"type\":\"scatter\",\"mode\":\"{mode[1..]}\","
            + (line ? $"\"line\":{{\"color\":\"{colour}\"{(series.IsDashed ? ",\"dash\":\"dash\"" : "")}" +
                $"{(series.Form == MarkForm.Steps ? ",\"shape\":\"hv\"" : "")}}}," : "")
            + (marker ? $"\"marker\":{{\"color\":\"{colour}\",\"symbol\":\"{symbol}\"" +
                $",\"size\":{Number(Math.Max(5, 2 * series.Size))}}}," : "")
            + (series.LabelsBehind ? $"\"textposition\":\"middle right\",\"cliponaxis\":false,{Labels(series)}" : "") + Hover(series)
            + Places("x", series.Marks.Select(mark => mark.X)) + Positions(series);
    }

    // Text of the page's own colour stands in no bar, where plotly.js would take what stands out from the bar.
    private static string Words(MarkSeries series) =>
        series.IsSolid || series.LabelsBehind || series.IsWaiting || series.Marks.All(mark => mark.Label.Length == 0) ? ""
            : $"\"type\":\"scatter\",\"mode\":\"text\",\"hoverinfo\":\"skip\",{Labels(series)}"
                + Places("x", series.Marks.Select(mark => (mark.From + mark.X) / 2)) + Positions(series);

    private static string Hover(MarkSeries series) =>
        series.Hover.Length > 0 ? $"\"hovertemplate\":{Quoted(series.Hover)}," : "\"hoverinfo\":\"skip\",";

    private static string Labels(MarkSeries series) =>
        series.Marks.Any(mark => mark.Label.Length > 0) ? $"\"text\":{List(series.Marks.Select(mark => Quoted(Text(mark.Label))))}," : "";

    private static string Positions(MarkSeries series) => Places("y", series.Marks.Select(mark => mark.Y)).TrimEnd(',');

    // Numbers that are equally far apart are a first one and a distance, which plotly.js takes for 1 when it is 0.
    private static string Places(string name, IEnumerable<double> values, bool isOptional = false)
    {
        var places = values.ToList();
        if (isOptional && places.TrueForAll(place => place == 0)) return "";
        var (first, step) = (places.FirstOrDefault(), places.Count > 1 ? places[1] - places[0] : 0);
        var isEven = name == "y" && places.Count > 0 && (step != 0 || places.Count == 1)
            && places.Index().All(place => Math.Abs(place.Item - first - (place.Index * step)) <= 1e-6 * Math.Abs(step));
        return isEven ? $"\"y0\":{Number(Thinning.Short(first))},\"dy\":{Number(Thinning.Short(step))}," : $"\"{name}\":{List(places)},";
    }

    // A logarithmic axis over many powers of ten has ticks at those alone, and the unit at each.
    private static string Axis(ChartAxis? axis, IEnumerable<double> values)
    {
        if (axis is null) return $"{{\"visible\":false,\"range\":[0,{Number(Canvas.Width)}]}}";
        var (isScaled, isLogarithmic) = (axis.Unit is "s" or "B", axis.Logarithmic);
        var powers = values.Where(value => double.IsFinite(value) && value > 0).Select(Math.Log10).DefaultIfEmpty().ToList();
        var decades = powers.Max() - powers.Min();
        var names = axis.Categories ?? [];
        return $"{{\"title\":{{\"text\":{Quoted(Text(axis.Title))}}},\"gridcolor\":\"rgba(136,136,136,.3)\",\"zerolinecolor\":\"#888\","
            + "\"automargin\":true,\"rangemode\":\"tozero\""
            + ",\"ticks\":\"outside\",\"tickcolor\":\"rgba(0,0,0,0)\"" // keep the numbers at the corner apart
            + (axis.Unit.Length > 0 ? $",\"ticksuffix\":{Quoted(isScaled ? axis.Unit : Text(Quantity.WithUnit("", axis.Unit)))}" : "")
            + (isScaled || isLogarithmic ? ",\"tickformat\":\"~s\"" : "") // 100m and the unit: 100ms
            + (isLogarithmic ? $",\"type\":\"log\",\"dtick\":{(decades > 1.5 ? Number(Math.Ceiling(decades / 10)) : "\"D2\"")}" : "")
            + (names.Count > 0 ? $",\"tickvals\":{List(Enumerable.Range(0, names.Count).Select(i => (double)i))}"
                + $",\"ticktext\":{List(names.Select(name => Quoted(Text(name))))}" : "") + "}";
    }

    private static string Rows(Scene scene)
    {
        var rows = scene.X is null ? [] : scene.ShownRows(scene.RowHeight).ToList();
        return $"{{\"tickvals\":{List(rows.Select(row => row.At))}"
            + $",\"ticktext\":{List(rows.Select(row => Quoted(RowName(scene, row.Name))))}"
            + $",\"range\":[{Number(scene.LastRow + 0.1)},-0.6],\"fixedrange\":true,\"showgrid\":false"
            + ",\"zeroline\":false,\"automargin\":true}";
    }

    private static string RowName(Scene scene, string name) => Lines(name, 28, scene.RowHeight > 24 ? 4 : 2);

    private static string Rule(ChartMark rule) =>
        $"{{\"type\":\"line\",\"x0\":{Number(rule.At)},\"x1\":{Number(rule.At)},\"yref\":\"paper\""
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
