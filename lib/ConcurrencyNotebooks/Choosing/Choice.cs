namespace ConcurrencyNotebooks;

/// <summary>The model that suits a workload, and why. As the last value of a cell it is the decision tree with its path lit.</summary>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain", ChartSpec.MimeType])]
public sealed class Choice : Picture
{
    private readonly string _title;
    private readonly TreeChart _tree;

    internal Choice(string title, TreeChart tree) => (_title, _tree) = (title, tree);

    /// <summary>The model for C#.</summary>
    public ConcurrencyModel Model => Recommended[0].Model!.Value;

    /// <summary>What the path leads to: the node for C# and the one for Python.</summary>
    internal List<ChartNode> Recommended => [.. _tree.Ways.Select(way => way.Leaf)];

    /// <inheritdoc/>
    public override ChartSpec ToSpec() => new(_title, _tree);
}
