using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;
using Plotly.NET.Interactive;

namespace ConcurrencyNotebooks;

/// <summary>
/// A chart of Plotly.NET, made from one of ours. As the last value of a cell it is its figure; where scripts do not run, our picture; and
/// where this host cannot load Plotly.NET, our figure with a sentence that says why.
/// </summary>
/// <remarks>
/// <para>What a reader needs: <c>#r "../lib/bin/ConcurrencyNotebooks.dll"</c> and <c>#r "../lib/bin/ConcurrencyNotebooks.Plotly.dll"</c>
/// for the charts, and in a cell that calls <see cref="With"/> also <c>#r "../lib/bin/Plotly.NET.dll"</c>,
/// <c>#r "../lib/bin/Plotly.NET.CSharp.dll"</c> and <c>#r "../lib/bin/FSharp.Core.dll"</c>, with <c>using Plotly.NET.CSharp;</c>. All of
/// them are there once the program has been built; no package is fetched.</para>
/// <para>The official .NET Interactive tool is such a host: it carries FSharp.Core 10.0, and Plotly.NET 6 needs 10.1.</para>
/// </remarks>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain", ChartSpec.MimeType])]
public sealed class PlotlyChart : Picture
{
    private readonly Picture _picture;
    private readonly IReadOnlyList<Func<GenericChart, GenericChart>> _changes;

    internal PlotlyChart(Picture picture, IReadOnlyList<Func<GenericChart, GenericChart>> changes) =>
        (_picture, _changes) = (picture, changes);

    /// <summary>The chart of Plotly.NET, with the changes made, for everything that its documentation shows.</summary>
    public GenericChart GenericChart
    {
        get
        {
            // Shown as it is, it is drawn by Plotly.NET.Interactive. Only hosts of .NET Interactive have a table of formatters.
            Formatter.Register<GenericChart>(Formatters.toInteractiveHTML, "text/html");
            return _changes.Aggregate(GenericCharts.Read(_picture.ToFigureJson()), (chart, change) => change(chart));
        }
    }

    /// <summary>Changes the chart with Plotly.NET before it is shown.</summary>
    /// <param name="change">Takes the chart and returns the changed one.</param>
    /// <example>
    /// <code>
    /// comparison.ToPlotly().With(chart => chart.WithSize(Width: 700, Height: 300)) // using Plotly.NET.CSharp
    /// </code>
    /// </example>
    public PlotlyChart With(Func<GenericChart, GenericChart> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new(_picture, [.. _changes, change]);
    }

    /// <inheritdoc/>
    public override ChartSpec ToSpec() => _picture.ToSpec();

    /// <inheritdoc/>
    public override string ToHtml()
    {
        try
        {
            return ChartHtml.Write(ToSpec(), FigureJson());
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or TypeLoadException
            or TypeInitializationException or MissingMethodException)
        {
            var cause = exception is TypeInitializationException { InnerException: { } inner } ? inner : exception;
            return $"{_picture.ToHtml()}\n<p>Drawn without Plotly.NET, which cannot be loaded here: {Markup.Escape(cause.Message)}</p>";
        }
    }

    // A method of its own, because it is the compilation of this one that fails where an assembly is missing.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private string FigureJson() => Plotly.NET.GenericChart.toFigureJson(GenericChart);
}
