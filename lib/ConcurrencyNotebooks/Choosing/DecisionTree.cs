namespace ConcurrencyNotebooks;

/// <summary>Questions that lead to a model. As the last value of a cell it is a picture, with every path in a table.</summary>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "image/svg+xml", "text/plain"])]
public sealed class DecisionTree : Picture
{
    internal DecisionTree(string title, DecisionNode root)
    {
        Title = title;
        Root = root;
    }

    /// <summary>What it decides.</summary>
    public string Title { get; }

    /// <summary>The first question.</summary>
    public DecisionNode Root { get; }

    /// <summary>Every way through the tree, from the top of the picture to its bottom.</summary>
    public IEnumerable<(IReadOnlyList<Answer> Path, Recommendation Recommendation)> Paths() => From(Root, []);

    private protected override Drawing Draw()
    {
        var rows = Paths().Select(way => new[]
        {
            string.Join(", ", way.Path.Select(answer => $"{answer.Question.Id}: {answer.Reply}")),
            $"{way.Recommendation.Model}: {way.Recommendation.With}",
            $"{way.Recommendation.PythonModel}: {way.Recommendation.PythonWith}",
            way.Recommendation.Because,
        }).ToList();
        var description = "Decision tree. " + string.Join(" ", rows.Select(row => $"{row[0]}: in C# {row[1]}, in Python {row[2]}."));
        return new DecisionTreeDrawing(null).Draw(Title, this, description, "", new Table(["path", "in C#", "in Python", "because"], rows));
    }

    private static IEnumerable<(IReadOnlyList<Answer> Path, Recommendation Recommendation)> From(DecisionNode node, Answer[] path) => node switch
    {
        Question question => new[] { question.Yes, question.No }.SelectMany(way => From(way.Next, [.. path, new Answer(question, way.Reply)])),
        Recommendation leaf => [(path, leaf)],
        _ => throw new InvalidOperationException($"{node.GetType().Name} is neither a question nor a recommendation."),
    };
}
