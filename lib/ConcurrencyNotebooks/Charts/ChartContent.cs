using System.Text.Json.Serialization;

namespace ConcurrencyNotebooks;

/// <summary>What one kind of chart shows. The data is plain; both drawings are made from it and from nothing else.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BarChart), "bars")]
[JsonDerivedType(typeof(LineChart), "lines")]
[JsonDerivedType(typeof(TimelineChart), "timeline")]
[JsonDerivedType(typeof(HeatMap), "heatmap")]
[JsonDerivedType(typeof(TreeChart), "tree")]
internal abstract record ChartContent
{
    public abstract Drawing Draw(string title, string subtitle);

    /// <summary>Whether there is something to point at and to zoom into: a tree of words and an empty chart are better as pictures.</summary>
    public abstract bool IsInteractive { get; }

    public abstract Figure ToFigure();

    /// <summary>Throws where the data contradicts itself; numbers may be any.</summary>
    public abstract void Check();

    protected static void Require(bool condition, string sentence)
    {
        if (!condition) throw new InvalidDataException(sentence);
    }
}
