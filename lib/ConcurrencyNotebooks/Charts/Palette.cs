using static ConcurrencyNotebooks.Canvas;

namespace ConcurrencyNotebooks;

/// <summary>
/// The colours, which are the same on light and on dark panels: white text on them has a contrast of at least 4.5,
/// and they stand out from either panel by at least 3.
/// </summary>
internal static class Palette
{
    public const string Muted = " class=\"u\" fill=\"#4b5563\"";

    /// <summary>The stroke of what must stand out from colours and panel alike.</summary>
    public const string Ink = " class=\"k\" fill=\"none\" stroke=\"#1f2937\"";

    private const int FirstWithoutModel = 4;

    private static readonly string[] Colours =
        ["#64748b", "#2563eb", "#15803d", "#7c3aed", "#b45309", "#be185d", "#0e7490", "#737300"];

    /// <summary>
    /// A halo around text, which may cross a grid line, and dark mode. The light colours are attributes, so that a viewer
    /// that drops styles still shows the picture.
    /// </summary>
    public static string Rules(string id) =>
        $$"""
        .{{id}} text:not([fill="#fff"]){paint-order:stroke;stroke:#fff;stroke-width:3px;stroke-linejoin:round}
        @media (prefers-color-scheme:dark){.{{id}} .b{fill:#11151d}.{{id}} .k{stroke:#eceff4}.{{id}} .h{fill:#eceff4}.{{id}} text:not([fill="#fff"]){fill:#eceff4;stroke:#11151d}.{{id}} text.u{fill:#b9c1cf} }
        """;

    public static int Index(ConcurrencyModel? model, int order = 0) =>
        model is { } known ? (int)known : FirstWithoutModel + order % (Colours.Length - FirstWithoutModel);

    public static string Colour(int index) => Colours[index];

    public static string Solid(int index) => $" fill=\"{Colours[index]}\"";

    /// <summary>
    /// A fill that can be told from the others without colour: a texture for what works, hatching on a pale ground for what waits.
    /// </summary>
    public static string Pattern(int index, bool waiting)
    {
        var colour = Colours[index];
        var texture = ((index + index / FirstWithoutModel) % 4, waiting) switch
        {
            (_, true) => $"""<rect width="6" height="6" fill="{colour}" fill-opacity=".16"/><path d="M-1 1L1-1M0 6L6 0M5 7L7 5" stroke="{colour}" stroke-width="1.2" stroke-opacity=".75"/>""",
            (1, _) => $"""<rect width="6" height="6" fill="{colour}"/>""",
            (2, _) => $"""<rect width="6" height="6" fill="{colour}"/><path d="M0 1H6" stroke="#000" stroke-opacity=".45"/>""",
            (3, _) => $"""<rect width="6" height="6" fill="{colour}"/><path d="M1 0V6" stroke="#000" stroke-opacity=".45"/>""",
            _ => $"""<rect width="6" height="6" fill="{colour}"/><path d="M2 2h2v2h-2z" fill="#000" fill-opacity=".45"/>""",
        };
        return $"""<pattern id="{Id}{Name(index, waiting)}" width="6" height="6" patternUnits="userSpaceOnUse">{texture}</pattern>""";
    }

    public static string Fill(int index, bool waiting) => $" fill=\"url(#{Id}{Name(index, waiting)})\"";

    public static string Stroke(int index, bool waiting) => $" stroke=\"url(#{Id}{Name(index, waiting)})\"";

    private static string Name(int index, bool waiting) => $"{(waiting ? "w" : "p")}{index}";
}
