namespace ConcurrencyNotebooks;

/// <summary>Draws itself as the last value of a cell, with its numbers in a table below.</summary>
public abstract class Picture : IRichOutput
{
    private protected Picture()
    {
    }

    /// <summary>The picture and its table as HTML, without script or anything from outside.</summary>
    public virtual string ToHtml() => Draw().ToHtml();

    /// <summary>The picture without its table.</summary>
    public string ToSvg() => Draw().ToSvg();

    /// <summary>The numbers as an aligned table.</summary>
    public override string ToString() => Draw().ToString();

    private protected abstract Drawing Draw();
}
