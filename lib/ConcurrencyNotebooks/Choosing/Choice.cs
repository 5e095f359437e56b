namespace ConcurrencyNotebooks;

/// <summary>The model that suits a workload, and why. As the last value of a cell it is the decision tree with the path to it lit.</summary>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "image/svg+xml", "text/plain"])]
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

    private protected override Drawing Draw()
    {
        string[][] rows =
        [
            .. Path.Select(answer => new[] { answer.Question.Text, answer.Reply }),
            ["→ in C#", $"{Recommendation.Model}: {Recommendation.With}"],
            ["→ in Python", $"{Recommendation.PythonModel}: {Recommendation.PythonWith}"],
        ];
        var description = $"Decision tree. {string.Join(" ", Path.Select(answer => answer + "."))} In C#: {Recommendation.Model} ({Recommendation.With}). "
            + $"In Python: {Recommendation.PythonModel} ({Recommendation.PythonWith}). {Recommendation.Because}";
        return new DecisionTreeDrawing(Path).Draw(
            Workload.Name, Choose.Tree, description, Recommendation.Because, new Table(["question", "answer"], rows, Recommendation.Because));
    }
}
