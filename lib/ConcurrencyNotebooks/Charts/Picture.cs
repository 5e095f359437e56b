using System.Text.Json;

namespace ConcurrencyNotebooks;

/// <summary>Something that is drawn as the last value of a cell, with its numbers in a table below.</summary>
/// <remarks>Nothing is drawn before it is asked for, so a picture costs nothing while its numbers are measured.</remarks>
public abstract class Picture : IRichOutput
{
    private protected Picture()
    {
    }

    /// <summary>The chart as plain data, from which everything else is made.</summary>
    public abstract ChartSpec ToSpec();

    /// <summary>The picture and its table as HTML; where scripts run and plotly.js can be had, the figure takes the picture's place.</summary>
    public virtual string ToHtml() => ChartHtml.Write(ToSpec(), ToFigureJson());

    /// <summary>The picture without its table, to stand in a page: its marks have tooltips.</summary>
    public string ToSvg() => Draw().ToSvg();

    /// <summary>The numbers as a table in HTML, behind a triangle that opens it.</summary>
    public string ToTableHtml() => Draw().Table.ToHtml();

    /// <summary>The figure for plotly.js: an object with <c>data</c> and <c>layout</c>.</summary>
    /// <param name="dark">Whether its text is for a dark page; its ground is transparent.</param>
    public string ToFigureJson(bool dark = false)
    {
        var spec = ToSpec();
        return spec.Content.ToFigure().ToJson(spec.Title, spec.Subtitle, dark);
    }

    /// <summary>The data, for <see cref="ChartSpec.FromJson"/>.</summary>
    public string ToJson()
    {
        var spec = ToSpec();
        return JsonSerializer.Serialize(new ChartForm(spec.Title, spec.Content, spec.Subtitle), ChartForm.Json);
    }

    /// <summary>The numbers as an aligned table.</summary>
    public override string ToString() => Draw().ToString();

    private Drawing Draw()
    {
        var spec = ToSpec();
        return spec.Content.Draw(spec.Title, spec.Subtitle);
    }
}
