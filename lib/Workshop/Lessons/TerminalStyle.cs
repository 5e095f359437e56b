using Spectre.Console;

namespace Workshop.Lessons;

/// <summary>How a terminal shows a character: the codes of its colours, and its looks, one bit for each code from 1 to 9.</summary>
internal sealed record TerminalStyle(string Colour = "", string Ground = "", int Looks = 0)
{
    public static readonly TerminalStyle Plain = new();

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
            style = Number(code.Split(':')[0]) switch
            {
                0 => Plain,
                >= 1 and <= 9 and var look => style with { Looks = style.Looks | (1 << look) },
                22 => style with { Looks = style.Looks & ~0b110 },
                >= 23 and <= 29 and var end => style with { Looks = style.Looks & ~(1 << (end - 20)) },
                >= 30 and <= 37 or >= 90 and <= 97 => style with { Colour = code },
                38 => style with { Colour = Mixed(code, codes) },
                39 => style with { Colour = "" },
                >= 40 and <= 47 or >= 100 and <= 107 => style with { Ground = code },
                48 => style with { Ground = Mixed(code, codes) },
                49 => style with { Ground = "" },
                _ => style,
            };
        }

        return style;
    }

    /// <summary>The codes that lead from plain text to this style.</summary>
    public string ToCodes() => string.Join(';', Enumerable.Range(1, 9).Where(HasLook).Select(look => $"{look}")
        .Append(Colour).Append(Ground).Where(code => code.Length > 0));

    /// <summary>The style as CSS; empty for plain text.</summary>
    public string ToCss()
    {
        var (colour, ground) = (ToCss(Colour), ToCss(Ground));
        if (HasLook(7)) (colour, ground) = (ground ?? "var(--paper)", colour ?? "var(--ink)");
        var rules = Css.Where((rule, look) => HasLook(look) && rule.Length > 0).ToList();
        if (colour is not null) rules.Add($"color:{colour}");
        if (ground is not null) rules.Add($"background:{ground}");
        return string.Join(';', rules);
    }

    private bool HasLook(int look) => (Looks & (1 << look)) != 0;

    private static int Number(string? code) => int.TryParse(code, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // 38;5;n and 38;2;r;g;b, and the same with colons, where a colour space may stand before the red.
    private static string Mixed(string code, Queue<string> codes)
    {
        var parts = code.Split(':');
        var rest = parts.Length > 1 ? new Queue<string>(parts[1..]) : codes;
        var kind = Next();
        if (kind == 2 && parts.Length > 5) rest.Dequeue();
        return kind switch { 5 => $"{parts[0]};5;{Next()}", 2 => $"{parts[0]};2;{Next()};{Next()};{Next()}", _ => "" };

        int Next() => Math.Clamp(Number(rest.TryDequeue(out var next) ? next : null), 0, 255);
    }

    // 30 to 37 and 40 to 47 name eight colours, 90 to 97 and 100 to 107 the bright ones; the first 16 of a palette of 256 are those.
    private static string? ToCss(string codes) => codes.Length == 0 ? null : codes.Split(';').Select(Number).ToArray() switch
    {
        [_, 5, < 16 and var index] => $"var(--ansi-{index})",
        [_, 5, var index] when Color.FromInt32(index) is var colour => $"rgb({colour.R},{colour.G},{colour.B})",
        [_, 2, var red, var green, var blue] => $"rgb({red},{green},{blue})",
        [var named, ..] => $"var(--ansi-{(named % 10) + (named >= 90 ? 8 : 0)})",
        [] => null,
    };
}
