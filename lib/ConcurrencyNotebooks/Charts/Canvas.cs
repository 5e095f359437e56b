using System.Globalization;
using System.Text;

namespace ConcurrencyNotebooks;

/// <summary>Collects the marks of a picture, in user units of which <see cref="Width"/> are across.</summary>
internal sealed class Canvas
{
    /// <summary>Stands for the id of the picture, which is a hash of its content and so known only at the end.</summary>
    public const char Id = '\u0001';

    // Narrow on purpose: at 400 pixels the text of a picture that is 520 across is still 10 pixels high.
    public const double Width = 520;
    public const double Margin = 14;
    public const double FontSize = 14;
    public const double SmallFontSize = 13;

    private readonly StringBuilder _markup = new();

    public Canvas Raw(string markup)
    {
        _markup.Append(markup);
        return this;
    }

    /// <summary>A filled or stroked path with its tooltip: every mark of a chart says what it is.</summary>
    public void Mark(string path, string attributes, string tooltip) =>
        Raw($"<path d=\"{path}\"{attributes}><title>{Escape(tooltip)}</title></path>\n");

    /// <summary>A line of text; cut to <paramref name="maxWidth"/>, with the whole of it as a tooltip then.</summary>
    public void Text(
        double x, double y, string text, string anchor = "start", bool muted = false, double size = FontSize, double maxWidth = Width, string attributes = "")
    {
        var shown = TextLayout.Fit(text, maxWidth, size);
        var anchored = anchor == "start" ? "" : $" text-anchor=\"{anchor}\"";
        var sized = size == FontSize ? "" : $" font-size=\"{N(size)}\"";
        var tooltip = shown == text ? "" : $"<title>{Escape(text)}</title>";
        Raw($"<text x=\"{N(x)}\" y=\"{N(y)}\"{anchored}{sized}{(muted ? Palette.Muted : "")}{attributes}>{Escape(shown)}{tooltip}</text>\n");
    }

    public void Grid(double x1, double y1, double x2, double y2, bool strong = false) =>
        Raw($"<path d=\"M{N(x1)} {N(y1)}L{N(x2)} {N(y2)}\" stroke=\"#888\" stroke-opacity=\"{(strong ? ".9" : ".35")}\"/>\n");

    /// <summary>Ticks with numbers below <paramref name="bottom"/>, grid lines up to <paramref name="top"/>, and the title; returns where it ends.</summary>
    public double HorizontalAxis(Scale scale, string title, double top, double bottom)
    {
        foreach (var (value, label) in scale.Ticks)
        {
            var x = scale.At(value);
            Grid(x, top, x, bottom);
            var half = TextLayout.Width(label, SmallFontSize) / 2;
            Text(Math.Clamp(x, Margin + half, Width - Margin - half), bottom + 19, label, "middle", muted: true, SmallFontSize);
        }

        var caption = scale.Caption(title);
        if (caption.Length == 0) return bottom + 23;
        var y = bottom + 19;
        foreach (var line in TextLayout.Wrap(caption, Width - 2 * Margin, SmallFontSize))
            Text(Width / 2, y += 18, line, "middle", muted: true, SmallFontSize);
        return y + 6;
    }

    /// <summary>Sentences below a chart; returns where they end.</summary>
    public double Notes(IEnumerable<string> notes, double y)
    {
        foreach (var line in notes.SelectMany(note => TextLayout.Wrap(note, Width - 2 * Margin, SmallFontSize)))
            Text(Margin, y += 17, line, muted: true, size: SmallFontSize);
        return y;
    }

    public override string ToString() => _markup.ToString();

    /// <summary>A coordinate: a tenth of a unit is finer than a pixel, and rounding keeps pictures small and comparable.</summary>
    public static string N(double value) => (Math.Round(value, 1) + 0.0).ToString("0.#", CultureInfo.InvariantCulture);

    public static string Circle(double x, double y, double r) => $"M{N(x - r)} {N(y)}a{N(r)} {N(r)} 0 1 0 {N(2 * r)} 0a{N(r)} {N(r)} 0 1 0 {N(-2 * r)} 0z";

    /// <summary>Text for XML and HTML alike: control characters and broken surrogates, which XML forbids, do not pass.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\n' or '\t' => escaped.Append((char)rune.Value),
                < 32 or 0xFFFE or 0xFFFF or (>= 0x7F and < 0xA0) => escaped.Append(' '),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }
}
