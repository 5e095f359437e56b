namespace ConcurrencyNotebooks;

/// <summary>The charts of this library as charts of Plotly.NET, for readers who restyle them.</summary>
public static class PlotlyExtensions
{
    /// <summary>Makes a chart of Plotly.NET from any picture of this library: a chart, a comparison, a timeline, a decision tree.</summary>
    /// <param name="picture">The picture, which stays as it is.</param>
    /// <example>
    /// <code>
    /// #r "../lib/bin/ConcurrencyNotebooks.Plotly.dll"
    ///
    /// comparison.ToPlotly()
    /// </code>
    /// </example>
    public static PlotlyChart ToPlotly(this Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        return new(picture, []);
    }
}
