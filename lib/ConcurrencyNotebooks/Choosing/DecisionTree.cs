namespace ConcurrencyNotebooks;

/// <summary>Questions that lead to a model. As the last value of a cell it is a picture, with every path in a table.</summary>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain", ChartSpec.MimeType])]
public sealed class DecisionTree : Picture
{
    private readonly string _title;

    internal DecisionTree(string title, DecisionNode root) => (_title, Root) = (title, root);

    internal DecisionNode Root { get; }

    /// <inheritdoc/>
    public override ChartSpec ToSpec() => ToSpec(_title, null);

    /// <summary>The tree with the path lit that a workload takes; without one, all of it is alike.</summary>
    internal ChartSpec ToSpec(string title, Workload? work) => new(title, "", new TreeChart(Root.ToNodes("", work).Single()));
}
