namespace ConcurrencyNotebooks;

/// <summary>
/// The colours, which are the same on light and on dark panels: white text on them has a contrast of at least 4.5,
/// and they stand out from either panel by at least 3.
/// </summary>
internal static class Palette
{
    /// <summary>Ground, and what is only there to guide the eye.</summary>
    public const int Grey = 8;

    /// <summary>The colour of text on a light page; drawings put the page's own in its place.</summary>
    public const int Ink = 9;

    public const string InkColour = "#1f2937";

    private const int FirstWithoutModel = 4;

    private static readonly string[] Colours =
        ["#64748b", "#2563eb", "#15803d", "#7c3aed", "#b45309", "#be185d", "#0e7490", "#737300", "#888", InkColour];

    private static readonly string[] Textures = [".", "", "-", "|", "", "-", "|", "."];

    /// <summary>How lines of one colour and without dots are told apart: a reference begins with the first dashes, others go on from the
    /// second.</summary>
    public static readonly IReadOnlyList<(string Plotly, string Svg)> Dashes =
        [("solid", ""), ("dash", "7 5"), ("dot", "2 4"), ("dashdot", "10 4 2 4")];

    public static int Index(ConcurrencyModel? model, int order = 0) =>
        model is { } known ? (int)known : FirstWithoutModel + (order % (Grey - FirstWithoutModel));

    public static string Colour(int index) => Colours[index];

    /// <summary>The texture of plotly.js that is like ours.</summary>
    public static string Texture(int index, bool isWaiting) => isWaiting ? "/" : index < Grey ? Textures[index] : "";

    public static string TextureUrl(int index, bool isWaiting) => $"url(#{(isWaiting ? 'w' : 'p')}{index})";

    /// <summary>A fill that can be told from others without colour: a texture for what works, pale hatching for what waits.</summary>
    public static string Pattern((int Index, bool IsWaiting) fill)
    {
        var texture = Texture(fill.Index, fill.IsWaiting) switch
        {
            "/" => $"<path d='M0 6L6 0' stroke='{Colours[fill.Index]}'/>",
            "-" => "<path d='M0 1H6' stroke='#0007'/>",
            "|" => "<path d='M1 0V6' stroke='#0007'/>",
            "." => "<path d='M2 2h2v2h-2z' fill='#0007'/>",
            _ => "",
        };
        var ground = $"<rect width='6' height='6' fill='{Colours[fill.Index]}'{(fill.IsWaiting ? " fill-opacity='.16'" : "")}/>";
        var id = fill.IsWaiting ? 'w' : 'p';
        return $"<pattern id='{id}{fill.Index}' width='6' height='6' patternUnits='userSpaceOnUse'>{ground}{texture}</pattern>";
    }
}
