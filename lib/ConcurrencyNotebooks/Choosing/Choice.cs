namespace ConcurrencyNotebooks;

/// <summary>The model that suits a workload, and why. As the last value of a cell it is the decision tree with the path to it lit.</summary>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain", ChartSpec.MimeType])]
public sealed class Choice : Picture
{
    internal Choice(Workload workload, IReadOnlyList<Answer> path, Recommendation recommendation)
    {
        Workload = workload;
        Path = path;
        Recommendation = recommendation;
    }

    /// <summary>What was asked about.</summary>
    public Workload Workload { get; }

    /// <summary>The questions that were asked, in order, with their answers.</summary>
    public IReadOnlyList<Answer> Path { get; }

    /// <summary>Where the path ends.</summary>
    public Recommendation Recommendation { get; }

    /// <summary>The model for C#.</summary>
    public ConcurrencyModel Model => Recommendation.Model;

    /// <inheritdoc/>
    public override ChartSpec ToSpec() => new(Workload.Name, "", new TreeChart(Choose.Tree.ToNode(Path)));
}
