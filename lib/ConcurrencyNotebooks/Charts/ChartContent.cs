using System.Text.Json.Serialization;

namespace ConcurrencyNotebooks;

/// <summary>What one kind of chart shows. The data is plain; everything that is drawn is made from it and from nothing else.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BarChart), "bars")]
[JsonDerivedType(typeof(LineChart), "lines")]
[JsonDerivedType(typeof(TimelineChart), "timeline")]
[JsonDerivedType(typeof(HeatMap), "heatmap")]
[JsonDerivedType(typeof(TreeChart), "tree")]
internal abstract record ChartContent
{
    protected const string NoPlace = "zero and negative numbers have no place on a logarithmic scale.";
    protected const string NoValues = "There are no values to draw.";

    /// <summary>Whether there is something to point at and to zoom into: a tree of words is better as a picture.</summary>
    [JsonIgnore]
    public virtual bool HasFigure => true;

    public abstract Scene ToScene();

    /// <summary>Throws where the data contradicts itself; numbers may be any.</summary>
    public virtual void Check()
    {
    }

    protected static void Require(bool condition, string sentence)
    {
        if (!condition) throw new InvalidDataException(sentence);
    }
}
