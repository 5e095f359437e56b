using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConcurrencyNotebooks;

/// <summary>A figure of plotly.js, whose schema is the interface: an object with <c>data</c> and <c>layout</c>.</summary>
/// <remarks>Grounds are transparent and grid lines are grey, so that only the colour of text depends on the page.</remarks>
internal sealed class Figure(int height)
{
    public const string Grey = "#888";

    public const string Faint = "rgba(136,136,136,.3)";

    // Bars differ by their textures too; those of the models come first.
    private static readonly string[] Patterns = ["", "/", ".", "\\", "", "-", "|", "+"];
    private static readonly string[] Symbols = ["circle", "square", "triangle-up", "diamond", "triangle-down", "cross"];
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public JsonArray Data { get; } = [];

    public JsonObject Layout { get; } = new()
    {
        ["paper_bgcolor"] = "rgba(0,0,0,0)",
        ["plot_bgcolor"] = "rgba(0,0,0,0)",
        ["hovermode"] = "closest",
        ["legend"] = new JsonObject { ["orientation"] = "h", ["x"] = 0, ["y"] = -0.02, ["yref"] = "container", ["yanchor"] = "bottom" },
    };

    public void Add(string type, string name, JsonObject trace)
    {
        trace["type"] = type;
        trace["name"] = Text(name);
        Data.Add((JsonNode)trace);
    }

    public string ToJson(string title, string subtitle, bool dark)
    {
        var shown = subtitle.Length > 0 ? $"{Lines(title, 60)}<br><sub>{Lines(subtitle, 80)}</sub>" : Lines(title, 60);
        var lines = shown.Split("<br>").Length;
        Layout["margin"] = new JsonObject { ["l"] = 16, ["r"] = 40, ["t"] = 26 + (20 * lines), ["b"] = 16 };
        Layout["height"] = height + (20 * lines);
        Layout["title"] = new JsonObject
        {
            ["text"] = shown, ["x"] = 0.02, ["xanchor"] = "left", ["y"] = 1, ["yanchor"] = "top", ["pad"] = new JsonObject { ["t"] = (16 * lines) - 6 },
            ["font"] = new JsonObject { ["size"] = 16 },
        };
        Layout["font"] = new JsonObject { ["family"] = "system-ui, sans-serif", ["size"] = 13, ["color"] = dark ? "#eceff4" : "#1f2937" };
        return new JsonObject { ["data"] = Data, ["layout"] = Layout }.ToJsonString(Json);
    }

    /// <summary>An axis; a logarithmic one over many powers of ten has ticks at those alone, and the unit at each.</summary>
    public static JsonObject Axis(ChartAxis axis, IEnumerable<double>? values = null)
    {
        var shown = new JsonObject
        {
            ["title"] = new JsonObject { ["text"] = Text(axis.Title) },
            ["gridcolor"] = Faint,
            ["zerolinecolor"] = Grey,
            ["automargin"] = true,
        };
        if (axis.Unit.Length > 0) shown["ticksuffix"] = axis.Unit is "s" or "B" ? axis.Unit : Text(Quantity.WithUnit("", axis.Unit));
        if (axis.Unit is "s" or "B" || axis.Logarithmic) shown["tickformat"] = "~s"; // 100m and the unit: 100ms
        if (axis.Logarithmic)
        {
            shown["type"] = "log";
            var shownValues = (values ?? []).Where(value => double.IsFinite(value) && value > 0).Select(Math.Log10).ToList();
            var decades = shownValues.Count > 0 ? shownValues.Max() - shownValues.Min() : 0;
            shown["dtick"] = decades > 1.5 ? JsonValue.Create(Math.Ceiling(decades / 10)) : JsonValue.Create("D2");
            shown["showticksuffix"] = "all";
        }

        if (axis.Categories is not { } names) return shown;
        shown["tickvals"] = Numbers(Enumerable.Range(0, names.Count).Select(i => (double)i));
        shown["ticktext"] = Texts(names.Select(Text));
        return shown;
    }

    /// <summary>A vertical axis of named rows, the first one on top.</summary>
    public static JsonObject Rows(IEnumerable<string> names)
    {
        var shown = names.Select(name => Lines(name, 28, most: 2)).ToList();
        return new JsonObject
        {
            ["tickvals"] = Numbers(Enumerable.Range(0, shown.Count).Select(i => (double)i)),
            ["ticktext"] = Texts(shown),
            ["range"] = new JsonArray(shown.Count - 0.4, -0.6),
            ["fixedrange"] = true,
            ["showgrid"] = false,
            ["zeroline"] = false,
            ["automargin"] = true,
        };
    }

    /// <summary>A texture over the colour, which can be told from the others without it.</summary>
    public static JsonObject Pattern(IEnumerable<int> colours) => new()
    {
        ["shape"] = Texts(colours.Select(colour => Patterns[colour])), ["fillmode"] = "overlay", ["fgcolor"] = "#000", ["fgopacity"] = 0.3, ["size"] = 6,
    };

    public static string Symbol(int line) => Symbols[line % Symbols.Length];

    /// <summary>What is no number leaves a hole.</summary>
    public static JsonArray Numbers(IEnumerable<double> numbers) =>
        [.. numbers.Select(number => double.IsFinite(number) ? JsonValue.Create(number) : null)];

    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];

    /// <summary>Text for plotly.js, which takes a few elements of HTML for what they are.</summary>
    public static string Text(string text) => Canvas.Escape(text.ReplaceLineEndings(" "))
        .Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&#39;", "'", StringComparison.Ordinal);

    // About as many characters on a line; a space is best to break at.
    private static string Lines(string text, int characters, int most = 3)
    {
        var lines = TextLayout.Wrap(text, characters * 7, Canvas.SmallFontSize).ToList();
        return string.Join("<br>", lines.Take(most).Select(Text)) + (lines.Count > most ? "…" : "");
    }
}
