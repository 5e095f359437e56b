using System.Text;
using System.Text.RegularExpressions;
using static ConcurrencyNotebooks.Canvas;

namespace ConcurrencyNotebooks;

/// <summary>A finished picture with its title, its description for a screen reader, and its numbers.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Subtitle">What it was measured on.</param>
/// <param name="Description">The picture in words.</param>
/// <param name="Body">The marks, from y = 0 on.</param>
/// <param name="Height">Where the marks end.</param>
/// <param name="Table">The numbers.</param>
internal sealed partial record Drawing(string Title, string Subtitle, string Description, Canvas Body, double Height, Table Table)
{
    private const string Fonts = "system-ui, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK JP', sans-serif";

    // The picture grows to 600 pixels and shrinks with the page; at 600 its text is 16 pixels high.
    private const double Enlarged = 600 / Width;

    /// <summary>The picture. In an image nobody can point at its marks, which then need no tooltips.</summary>
    public string ToSvg(bool withTooltips = true)
    {
        var header = new Canvas();
        var y = Margin;
        foreach (var line in TextLayout.Wrap(Title, Width - 2 * Margin, 17))
            header.Text(Margin, y += 19, line, size: 16, attributes: " font-weight=\"600\"");
        foreach (var line in TextLayout.Wrap(Subtitle, Width - 2 * Margin, SmallFontSize))
            header.Text(Margin, y += 17, line, muted: true, size: SmallFontSize);
        y += 14;

        var height = Math.Ceiling(y + Height + Margin);
        var content =
            $"""
             <title id="{Id}t">{Escape(Title)}</title>
             <desc id="{Id}d">{Escape(Description)}</desc>
             <rect class="b" x=".5" y=".5" width="{N(Width - 1)}" height="{N(height - 1)}" rx="8" fill="#fff" stroke="#888" stroke-opacity=".5"/>
             {header}<g transform="translate(0 {N(y)})">
             {(withTooltips ? Body.ToString() : Tooltips().Replace(Body.ToString(), "/>"))}</g>
             </svg>
             """.ReplaceLineEndings("\n");
        var id = Hash(content);
        return
            $"""
             <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {N(Width)} {N(height)}" width="600" height="{N(height * Enlarged)}" role="img" aria-labelledby="{id}t {id}d" class="{id}" fill="#1f2937" font-family="{Fonts}" font-size="{N(FontSize)}" style="max-width:100%;height:auto;break-inside:avoid">
             <style>{Palette.Rules(id)}</style>

             """.ReplaceLineEndings("\n") + content.Replace(Id.ToString(), id, StringComparison.Ordinal);
    }

    public override string ToString() => $"{Title}\n{(Subtitle.Length > 0 ? Subtitle + "\n" : "")}\n{Table}";

    [GeneratedRegex("><title>[^<]*</title></path>")]
    private static partial Regex Tooltips();

    // The same content has the same id and other content another one: outputs are stable, and pictures on one page do not collide.
    private static string Hash(string content)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(content));
        return "cn" + Convert.ToHexStringLower(hash.AsSpan(0, 4));
    }
}
