namespace ConcurrencyNotebooks;

/// <summary>Questions that lead to a model. As the last value of a cell it is a picture, with every path in a table.</summary>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain", ChartSpec.MimeType])]
public sealed class DecisionTree : Picture
{
    internal DecisionTree(string title, DecisionNode root)
    {
        Title = title;
        Root = root;
    }

    /// <summary>The question that it decides.</summary>
    public string Title { get; }

    /// <summary>The first question.</summary>
    public DecisionNode Root { get; }

    /// <summary>Every way through the tree, from the top of the picture to its bottom.</summary>
    public IEnumerable<(IReadOnlyList<Answer> Path, Recommendation Recommendation)> Paths() => From(Root, []);

    /// <inheritdoc/>
    public override ChartSpec ToSpec() => new(Title, "", new TreeChart(ToNode(null)));

    /// <summary>The tree as plain data, with a path lit; without one, all of it alike.</summary>
    internal ChartNode ToNode(IReadOnlyList<Answer>? path) => Nodes(Root, "", path, path is not null).Single();

    // A recommendation is two nodes below one another, for C# and for Python.
    private static IEnumerable<ChartNode> Nodes(DecisionNode node, string reply, IReadOnlyList<Answer>? path, bool isLit) => node switch
    {
        Question question =>
        [
            new ChartNode(question.Text, reply, [.. new[] { question.Yes, question.No }.SelectMany(way => Nodes(
                way.Next, way.Reply, path,
                isLit && path!.Any(answer => answer.Question == question && answer.Reply == way.Reply)))], IsLit: isLit),
        ],
        Recommendation leaf =>
        [
            new ChartNode($"C#: {leaf.Model}, {leaf.With}", reply, [], leaf.Model, isLit, leaf.Because),
            new ChartNode($"Python: {leaf.PythonModel}, {leaf.PythonWith}", "", [], leaf.PythonModel, isLit, leaf.Because),
        ],
        _ => throw new InvalidOperationException($"{node.GetType().Name} is neither a question nor a recommendation."),
    };

    private static IEnumerable<(IReadOnlyList<Answer> Path, Recommendation Recommendation)> From(
        DecisionNode node, Answer[] path) => node switch
        {
            Question question => new[] { question.Yes, question.No }
                .SelectMany(way => From(way.Next, [.. path, new Answer(question, way.Reply)])),
            Recommendation leaf => [(path, leaf)],
            _ => throw new InvalidOperationException($"{node.GetType().Name} is neither a question nor a recommendation."),
        };
}
