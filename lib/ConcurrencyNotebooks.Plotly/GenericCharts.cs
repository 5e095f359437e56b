using Microsoft.FSharp.Collections;
using Newtonsoft.Json.Linq;
using Plotly.NET;
using Plotly.NET.LayoutObjects;
using Plotly.NET.TraceObjects;

namespace ConcurrencyNotebooks;

/// <summary>Reads a figure into the objects of Plotly.NET: its functions look for axes, titles and markers of its own types, and replace others.</summary>
internal static class GenericCharts
{
    private static readonly Dictionary<string, Func<DynamicObj.DynamicObj>> Typed = new()
    {
        ["xaxis"] = () => new LinearAxis(),
        ["yaxis"] = () => new LinearAxis(),
        ["title"] = () => new Title(),
        ["font"] = () => new Font(),
        ["legend"] = () => new Legend(),
        ["margin"] = () => new Margin(),
        ["marker"] = () => new Marker(),
        ["line"] = () => new Line(),
    };

    public static GenericChart Read(string figureJson)
    {
        var figure = JObject.Parse(figureJson);
        var traces = figure["data"]!.Cast<JObject>().Select(trace => Fill(new Trace((string)trace["type"]!), trace));
        return GenericChart.NewMultiChart(
            ListModule.OfSeq(traces), Fill(new Layout(), (JObject)figure["layout"]!), new Config(), new DisplayOptions());
    }

    private static T Fill<T>(T target, JObject source)
        where T : DynamicObj.DynamicObj
    {
        foreach (var (name, value) in source)
        {
            target.SetProperty(name, value switch
            {
                JObject part when Typed.TryGetValue(name, out var make) => Fill(make(), part),
                JValue plain => plain.Value,
                _ => value,
            });
        }

        return target;
    }
}
