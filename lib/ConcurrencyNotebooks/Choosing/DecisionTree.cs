using System.Globalization;
using System.Text;

namespace ConcurrencyNotebooks;

/// <summary>Questions that lead to a model. As the last value of a cell it is a picture, with every path in a table.</summary>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "image/svg+xml", "text/plain"])]
public sealed class DecisionTree : IPicture
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

    /// <summary>The tree as a Mermaid flowchart, for documents that draw such text.</summary>
    public string ToMermaid() => ToMermaid([]);

    /// <summary>The tree as HTML, without script or anything from outside.</summary>
    public string ToHtml() => Draw().ToHtml();

    /// <summary>The tree as a picture of its own.</summary>
    public string ToSvg() => Draw().ToSvg();

    /// <summary>Every path, as an aligned table.</summary>
    public override string ToString() => Draw().ToString();

    internal string ToMermaid(IReadOnlyList<Answer> lit)
    {
        var text = new StringBuilder("flowchart TD\n");
        var links = new List<(bool IsLit, string Line)>();
        Add(Root);
        foreach (var (_, line) in links) text.Append(line);
        var litLinks = Enumerable.Range(0, links.Count).Where(index => links[index].IsLit).ToList();
        if (litLinks.Count > 0) text.Append(CultureInfo.InvariantCulture, $"    linkStyle {string.Join(',', litLinks)} stroke-width:4px\n");
        return text.ToString();

        void Add(DecisionNode node)
        {
            if (node is Question question)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {question.Id}{{\"{question.Text}\"}}\n");
                foreach (var (reply, next) in new[] { question.Yes, question.No })
                {
                    links.Add((lit.Any(answer => answer.Question == question && answer.Reply == reply), $"    {question.Id} -->|\"{reply}\"| {next.Id}\n"));
                    Add(next);
                }
            }
            else if (node is Recommendation leaf)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {leaf.Id}[\"C#: {leaf.Model}, {leaf.With}<br/>Python: {leaf.PythonModel}, {leaf.PythonWith}\"]\n");
                text.Append(CultureInfo.InvariantCulture, $"    style {leaf.Id} fill:{Palette.Colour(Palette.Index(leaf.Model))},color:#fff\n");
            }
        }
    }

    private static IEnumerable<(IReadOnlyList<Answer> Path, Recommendation Recommendation)> From(DecisionNode node, Answer[] path) => node switch
    {
        Question question => new[] { question.Yes, question.No }.SelectMany(way => From(way.Next, [.. path, new Answer(question, way.Reply)])),
        Recommendation leaf => [(path, leaf)],
        _ => throw new InvalidOperationException($"{node.GetType().Name} is neither a question nor a recommendation."),
    };

    private Drawing Draw()
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
}
