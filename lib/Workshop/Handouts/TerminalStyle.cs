namespace Workshop.Handouts;

/// <summary>How a terminal shows a character: its colours as CSS knows them, and its looks, one bit for each code from 1 to 9.</summary>
internal sealed record TerminalStyle(string? Colour = null, string? Ground = null, int Looks = 0)
{
    private const int Inverse = 1 << 7;

    // By code: 1 is bold, and so on; blinking (5, 6) is not shown.
    private static readonly string[] Css =
    [
        "", "font-weight:700", "opacity:.7", "font-style:italic", "text-decoration:underline", "", "", "", "visibility:hidden",
        "text-decoration:line-through",
    ];

    /// <summary>The style after a sequence that ends in <c>m</c>.</summary>
    public TerminalStyle After(string parameters)
    {
        var style = this;
        var codes = new Queue<string>(parameters.Split(';'));
        while (codes.TryDequeue(out var code))
        {
            var parts = code.Split(':');
            var number = Number(parts[0]);
            style = number switch
            {
                0 => new TerminalStyle(),
                >= 1 and <= 9 => style with { Looks = style.Looks | (1 << number) },
                22 => style with { Looks = style.Looks & ~0b110 },
                >= 23 and <= 29 => style with { Looks = style.Looks & ~(1 << (number - 20)) },
                >= 30 and <= 37 or >= 90 and <= 97 => style with { Colour = Named(number) },
                38 => style with { Colour = Mixed(parts, codes) },
                39 => style with { Colour = null },
                >= 40 and <= 47 or >= 100 and <= 107 => style with { Ground = Named(number - 10) },
                48 => style with { Ground = Mixed(parts, codes) },
                49 => style with { Ground = null },
                _ => style,
            };
        }

        return style;
    }

    /// <summary>The style as CSS; empty for plain text.</summary>
    public string ToCss()
    {
        var (colour, ground) = (Looks & Inverse) == 0 ? (Colour, Ground) : (Ground ?? "var(--paper)", Colour ?? "var(--ink)");
        var rules = Css.Where((_, code) => (Looks & (1 << code)) != 0).Where(rule => rule.Length > 0).ToList();
        if (colour is not null) rules.Add($"color:{colour}");
        if (ground is not null) rules.Add($"background:{ground}");
        return string.Join(';', rules);
    }

    private static int Number(string code) => int.TryParse(code, Html.Culture, out var number) ? number : 0;

    // 30 to 37, and 90 to 97 for the bright ones.
    private static string Named(int code) => $"var(--ansi-{(code >= 90 ? code - 90 + 8 : code - 30)})";

    // 38;5;n and 38;2;r;g;b, and the same with colons, where a colour space may stand before the red.
    private static string? Mixed(string[] parts, Queue<string> codes)
    {
        var rest = parts.Length > 1 ? new Queue<string>(parts[1..]) : codes;
        switch (rest.TryDequeue(out var kind) ? Number(kind) : 0)
        {
            case 5:
                return Indexed(Next(rest));
            case 2:
                if (parts.Length > 5) rest.Dequeue();
                return $"rgb({Next(rest)},{Next(rest)},{Next(rest)})";
            default:
                return null;
        }
    }

    private static int Next(Queue<string> codes) => codes.TryDequeue(out var code) ? Math.Clamp(Number(code), 0, 255) : 0;

    // The palette of 256: the 16 named ones, a cube of 6 × 6 × 6, and 24 greys.
    private static string Indexed(int index)
    {
        if (index < 16) return $"var(--ansi-{index})";
        if (index >= 232) return $"rgb({8 + (10 * (index - 232))},{8 + (10 * (index - 232))},{8 + (10 * (index - 232))})";
        return $"rgb({Level((index - 16) / 36)},{Level((index - 16) / 6 % 6)},{Level((index - 16) % 6)})";

        static int Level(int step) => step == 0 ? 0 : 55 + (40 * step);
    }
}
