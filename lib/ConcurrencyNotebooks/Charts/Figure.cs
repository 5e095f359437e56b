using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConcurrencyNotebooks;

/// <summary>A figure of plotly.js, whose schema is the interface: an object with <c>data</c> and <c>layout</c>.</summary>
/// <remarks>Grounds are transparent and grid lines are grey, so that only the colour of text depends on the page.</remarks>
internal sealed class Figure(int height)
{
    public const string Grey = "#888";

    private const string Faint = "rgba(136,136,136,.3)";

    // Bars differ by their textures too; those of the models come first.
    private static readonly string[] Patterns = ["", "/", ".", "\\", "x", "-", "|", "+"];
    private static readonly string[] Symbols = ["circle", "square", "triangle-up", "diamond", "triangle-down", "cross"];
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public JsonArray Data { get; } = [];

    public JsonObject Layout { get; } = new()
    {
        ["height"] = height,
        ["paper_bgcolor"] = "rgba(0,0,0,0)",
        ["plot_bgcolor"] = "rgba(0,0,0,0)",
        ["hovermode"] = "closest",
        ["margin"] = new JsonObject { ["l"] = 16, ["r"] = 24, ["t"] = 44, ["b"] = 16 },
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
        Layout["title"] = new JsonObject { ["text"] = shown, ["x"] = 0.02, ["xanchor"] = "left", ["font"] = new JsonObject { ["size"] = 16 } };
        Layout["font"] = new JsonObject { ["family"] = "system-ui, sans-serif", ["size"] = 13, ["color"] = dark ? "#eceff4" : "#1f2937" };
        return new JsonObject { ["data"] = Data, ["layout"] = Layout }.ToJsonString(Json);
    }

    public static JsonObject Axis(ChartAxis axis)
    {
        var shown = new JsonObject
        {
            ["title"] = new JsonObject { ["text"] = Text(axis.Title) },
            ["gridcolor"] = Faint,
            ["zerolinecolor"] = Grey,
            ["automargin"] = true,
        };
        if (axis.Unit.Length > 0) shown["ticksuffix"] = Text(Quantity.WithUnit("", axis.Unit));
        if (axis.Logarithmic) shown["type"] = "log";
        if (axis.Unit is "s" or "B" || axis.Logarithmic) shown["tickformat"] = "~s"; // 100m and the unit: 100ms
        if (axis.Categories is not { } names) return shown;
        shown["tickvals"] = Numbers(Enumerable.Range(0, names.Count).Select(i => (double)i));
        shown["ticktext"] = Texts(names.Select(Text));
        return shown;
    }

    /// <summary>A vertical axis of named rows, the first one on top.</summary>
    public static JsonObject Rows(IEnumerable<string> names)
    {
        var shown = names.Select(name => Lines(name, 28)).ToList();
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

    public static string Pattern(int colour) => Patterns[colour];

    public static string Symbol(int line) => Symbols[line % Symbols.Length];

    /// <summary>What is no number leaves a hole.</summary>
    public static JsonArray Numbers(IEnumerable<double> numbers) =>
        [.. numbers.Select(number => double.IsFinite(number) ? JsonValue.Create(number) : null)];

    public static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];

    /// <summary>Text for plotly.js, which takes a few elements of HTML for what they are.</summary>
    public static string Text(string text) => Canvas.Escape(text).Replace('\n', ' ');

    // About as many characters on a line; a space is best to break at.
    private static string Lines(string text, int characters) => string.Join("<br>", TextLayout.Wrap(text, characters * 7, Canvas.SmallFontSize).Select(Text));
}
