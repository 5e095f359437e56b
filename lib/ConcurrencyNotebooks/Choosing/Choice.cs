namespace ConcurrencyNotebooks;

/// <summary>The model that suits a workload, and why. As the last value of a cell it is the decision tree with its path lit.</summary>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain", ChartSpec.MimeType])]
public sealed class Choice : Picture
{
    private readonly Workload _work;

    internal Choice(Workload work, Recommendation recommendation) => (_work, Recommendation) = (work, recommendation);

    /// <summary>The model for C#.</summary>
    public ConcurrencyModel Model => Recommendation.Model;

    internal Recommendation Recommendation { get; }

    /// <inheritdoc/>
    public override ChartSpec ToSpec() => Choose.Tree.ToSpec(_work.Name, _work);
}
