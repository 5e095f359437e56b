namespace ConcurrencyNotebooks;

/// <summary>Something that is drawn as the last value of a cell, with its numbers in a table below.</summary>
/// <remarks>Nothing is drawn before it is asked for, so a picture costs nothing while its numbers are measured.</remarks>
public abstract class Picture : IRichOutput
{
    private protected Picture()
    {
    }

    string? IRichOutput.ChartAsJson => ToJson();

    /// <summary>The chart as plain data, from which everything else is made.</summary>
    public abstract ChartSpec ToSpec();

    /// <summary>
    /// The picture and its table as HTML; where scripts run and plotly.js can be had, the figure takes the picture's place.
    /// </summary>
    public virtual string ToHtml()
    {
        var spec = ToSpec();
        return ChartHtml.Write(spec, spec.ToFigureJson());
    }

    /// <summary>The picture without its table, as an image: SVG that is light or dark as the system is.</summary>
    public string ToSvg() => new ScenePicture(ToSpec()).Draw();

    /// <summary>The numbers as a table in HTML, behind a triangle that opens it.</summary>
    public string ToTableHtml() => ToSpec().Scene.Table.ToHtml(isOpen: false);

    /// <summary>The figure for plotly.js: an object with <c>data</c> and <c>layout</c>, its ground transparent.</summary>
    public string ToFigureJson() => SceneFigure.ToJson(ToSpec());

    /// <summary>The data, for <see cref="ChartSpec.FromJson"/>.</summary>
    public string ToJson() => JsonSerializer.Serialize(ToSpec(), ChartJson.Form);

    /// <summary>The title and what the picture says, on a few lines.</summary>
    public override string ToString()
    {
        var spec = ToSpec();
        string[] lines = [spec.Title, spec.Subtitle, spec.Scene.Description, .. spec.Scene.Notes];
        return string.Join('\n', lines.Where(line => line.Length > 0));
    }
}
