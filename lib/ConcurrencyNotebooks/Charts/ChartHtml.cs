namespace ConcurrencyNotebooks;

/// <summary>
/// A chart as the HTML of a cell's output: a picture that stays where no script runs, its table, and a script that puts the figure
/// of plotly.js in the picture's place.
/// </summary>
/// <remarks>
/// <para>The picture is an image in a data address, because Jupyter takes <c>&lt;svg&gt;</c> out of a notebook that it does not trust
/// yet, but not <c>&lt;img&gt;</c>. Nobody can point at the marks in an image, so it goes without their tooltips.</para>
/// <para>The script is in every output, because each must work without the others, and loads plotly.js once a page. It takes the file as
/// text and keeps <c>define</c> from it: Jupyter's require.js would take it otherwise, and it would be lost. It waits a moment before it
/// looks for charts, because some front ends run scripts before they put the output into the page. A page says in
/// <c>&lt;html data-plotly="address"&gt;</c> where it has plotly.js itself. On a page that is narrower than 600 pixels the picture stays:
/// it has the names above the bars, for which a figure has no room beside them.</para>
/// </remarks>
internal static partial class ChartHtml
{
    /// <summary>
    /// The version that is a resource of Plotly.NET 6, and the hash of that resource; npm's plotly.js-dist-min has the same file.
    /// </summary>
    internal const string Address = "https://cdn.plot.ly/plotly-2.28.0.min.js";

    internal const string Integrity = "sha384-53bFwj3AXyrFzPyqXWI5rZuuEa3GbWeuLmgC04XqmiE7CairskQMPvcdXh+OLuir";

    // Of single quotes, because notebooks write each of the others as two characters.
    private const string Script =
        $$$"""
        <script>((w,d,a)=>{(w.cnPlotly??=w.Plotly?Promise.resolve(w.Plotly):fetch(a||'{{{Address}}}',
        a?{}:{integrity:'{{{Integrity}}}'})
        .then(r=>r.ok?r.text():Promise.reject()).then(t=>(Function('define','exports',t).call(w),w.Plotly)))
        .then(p=>setTimeout(()=>d.querySelectorAll('[data-figure]').forEach(c=>{
        let l=getComputedStyle(c).color,f=JSON.parse(c.dataset.figure.replaceAll('{{{Palette.InkColour}}}',l)),
        i=c.firstChild,g=d.createElement('div');
        delete c.dataset.figure;if(/\d+/.exec(l)>128)i.style.colorScheme='dark';
        g.className='cn-figure';c.prepend(g);
        p.newPlot(g,f.data,f.layout,{responsive:1,displaylogo:0}).then(()=>{i.className='cn-paper'},()=>g.remove())
        }))).catch(()=>{w.cnPlotly=null})})(window,document,document.documentElement.dataset.plotly)</script>
        <style>@media screen and (width>=600px){.cn-paper{display:none}}@media print,(width<600px){.cn-figure{display:none}}</style>
        """;

    // Jupyter and VS Code have their own word for a dark page, which an image does not know.
    private const string DarkPages = ":is([data-jp-theme-light=false],.vscode-dark) .cn-chart>img{color-scheme:dark}";

    public static string Write(ChartSpec spec, string figureJson)
    {
        var figure = figureJson.Replace("&", "&amp;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);
        var (data, script) = spec.IsInteractive ? ($" data-figure='{figure}'", Script.ReplaceLineEndings("")) : ("", "");
        return $"<div class=cn-chart{data}>{Image(spec)}{spec.Scene.Table.ToHtml(isOpen: false, DarkPages)}{script}</div>";
    }

    /// <summary>
    /// HTML whose charts are pictures only, as notebooks keep it: front ends run no script of a saved notebook before they trust it, and
    /// the figure comes back when the cell runs.
    /// </summary>
    public static string WithoutFigures(string html) =>
        Figure().Replace(html.Replace(Script.ReplaceLineEndings(""), "", StringComparison.Ordinal), "");

    /// <summary>The picture as an image, as light or dark as its page; in words its title and kind, as the table has the numbers.</summary>
    public static string Image(ChartSpec spec)
    {
        var address = new ScenePicture(spec).Draw(isImage: true).Replace("%", "%25", StringComparison.Ordinal)
            .Replace("#", "%23", StringComparison.Ordinal).Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("\n", " ", StringComparison.Ordinal);
        var words = Markup.Escape($"{spec.Title}. {spec.Scene.Kind}.");
        return $"<img alt='{words}' style=max-width:100% src=\"data:image/svg+xml,{address}\">";
    }

    [GeneratedRegex("(?<=<div class=cn-chart) data-figure='[^']*'")]
    private static partial Regex Figure();
}
