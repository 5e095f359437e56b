using System.Text;

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
/// <c>&lt;html data-plotly="address"&gt;</c> where it has plotly.js itself.</para>
/// </remarks>
internal static class ChartHtml
{
    /// <summary>The version that is a resource of Plotly.NET 6, and the hash of that resource; npm's plotly.js-dist-min has the same file.</summary>
    internal const string Address = "https://cdn.plot.ly/plotly-2.28.0.min.js";

    internal const string Integrity = "sha384-53bFwj3AXyrFzPyqXWI5rZuuEa3GbWeuLmgC04XqmiE7CairskQMPvcdXh+OLuir";

    private const string Script =
        $$$"""
        <script>(w=>{let d=document,a=d.documentElement.dataset.plotly;
        w.cnPlotly??=w.Plotly?Promise.resolve(w.Plotly):fetch(a||'{{{Address}}}',a?{}:{integrity:'{{{Integrity}}}',signal:AbortSignal.timeout(9000)})
        .then(r=>r.ok?r.text():Promise.reject()).then(t=>(Function('define','exports',t).call(w),w.Plotly));
        w.cnPlotly.then(p=>setTimeout(()=>d.querySelectorAll('.cn-chart[data-figure]').forEach(c=>{
        let f=JSON.parse(c.dataset.figure),i=c.firstElementChild,g=d.createElement('div'),l=getComputedStyle(c).color;
        c.removeAttribute('data-figure');(f.layout.font??={}).color=l;if(/\d+/.exec(l)>128)i.style.colorScheme='dark';g.className='cn-figure';c.prepend(g);
        p.newPlot(g,f.data,f.layout,{responsive:true,displaylogo:false}).then(()=>{i.className='cn-paper'},()=>g.remove())
        }))).catch(()=>{w.cnPlotly=null})})(window)</script>
        <style>@media screen{.cn-paper{display:none}}@media print{.cn-figure{display:none}}</style>
        """;

    public static string Write(ChartSpec spec, string figureJson)
    {
        var drawing = spec.Content.Draw(spec.Title, spec.Subtitle);
        var picture = Convert.ToBase64String(Encoding.UTF8.GetBytes(drawing.ToSvg(withTooltips: false)));
        var figure = figureJson.Replace("&", "&amp;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);
        var isInteractive = spec.Content.IsInteractive;
        var alternative = Canvas.Escape($"{spec.Title}. {drawing.Description}");
        return
            $"""
             <div class="cn-chart"{(isInteractive ? $" data-figure='{figure}'" : "")}><img alt="{alternative}" style="max-width:100%;color-scheme:light" src="data:image/svg+xml;base64,{picture}">
             {drawing.Table.ToHtml()}
             {(isInteractive ? Script : "")}</div>
             """.ReplaceLineEndings("\n");
    }
}
