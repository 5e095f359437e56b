using System.Text.Json.Nodes;

namespace ConcurrencyNotebooks;

/// <summary>Questions that lead to recommendations, with one path lit or all of it shown alike.</summary>
/// <param name="Root">The first question.</param>
internal sealed record TreeChart(ChartNode Root) : ChartContent
{
    private const int MostNodes = 100;

    public override bool IsInteractive => false;

    public override void Check() => Require(Nodes(Root, 0).Take(MostNodes + 1).Count() <= MostNodes, $"A tree has at most {MostNodes} nodes.");

    public override Drawing Draw(string title, string subtitle)
    {
        var (canvas, height) = new TreePainter(isAllShown: !Root.IsLit).Draw(Root, Root.IsLit ? Leaves().FirstOrDefault().Leaf?.Note ?? "" : "");
        var table = Root.IsLit ? PathTable() : AllPaths();
        var words = string.Join(" ", table.Rows.Select(row => $"{row[0]}: {row[1]}."));
        return new(title, subtitle, $"Decision tree. {words} {table.Note}".TrimEnd(), canvas, height, table);
    }

    public override Figure ToFigure()
    {
        var nodes = Nodes(Root, 0).Take(MostNodes).ToList();
        var figure = new Figure(height: 400);
        figure.Add("icicle", "", new()
        {
            ["ids"] = Figure.Texts(nodes.Select((_, i) => $"{i}")),
            ["parents"] = Figure.Texts(nodes.Select(node => node.Parent is null ? "" : $"{nodes.FindIndex(other => ReferenceEquals(other.Node, node.Parent))}")),
            ["labels"] = Figure.Texts(nodes.Select(node => Figure.Text(node.Node.Reply.Length > 0 ? $"{node.Node.Reply}: {node.Node.Text}" : node.Node.Text))),
            ["hovertext"] = Figure.Texts(nodes.Select(node => Figure.Text(node.Node.Note))),
            ["hoverinfo"] = "label+text",
            ["sort"] = false,
            ["leaf"] = new JsonObject { ["opacity"] = 1 },
            ["pathbar"] = new JsonObject { ["visible"] = false },
            ["marker"] = new JsonObject
            {
                ["colors"] = Figure.Texts(nodes.Select(node => !Root.IsLit || node.Node.IsLit ? Colour(node.Node) : Figure.Faint)),
            },
        });
        return figure;

        static string Colour(ChartNode node) => node.Next.Count > 0 ? Figure.Faint : Palette.Colour(Palette.Index(node.Model));
    }

    private static IEnumerable<(ChartNode Node, ChartNode? Parent)> Nodes(ChartNode node, int depth, ChartNode? parent = null) =>
        depth > MostNodes ? [] : node.Next.SelectMany(next => Nodes(next, depth + 1, node)).Prepend((node, parent));

    // Every way from the root to where it ends, with the questions and answers on it.
    private List<(string Path, ChartNode Leaf)> Leaves() => From(Root, "", lit: Root.IsLit);

    private static List<(string Path, ChartNode Leaf)> From(ChartNode node, string path, bool lit)
    {
        if (node.Next.Count == 0) return [(path, node)];
        var reply = "";
        return [.. node.Next.Where(next => !lit || next.IsLit).SelectMany(next =>
        {
            if (next.Reply.Length > 0) reply = next.Reply;
            return From(next, $"{path}{(path.Length > 0 ? " " : "")}{node.Text} {reply}.", lit);
        })];
    }

    private Table AllPaths() => new(
        ["path", "leads to", "because"],
        [.. Leaves().GroupBy(leaf => leaf.Path).Select(way => new[]
        {
            way.Key, string.Join("; ", way.Select(leaf => leaf.Leaf.Text)), way.First().Leaf.Note,
        })]);

    private Table PathTable()
    {
        List<string[]> rows = [];
        for (var node = Root; node.Next.Count > 0;)
        {
            var lit = node.Next.Where(next => next.IsLit).ToList();
            if (lit.Count == 0) break;
            rows.Add([node.Text, lit[0].Reply]);
            rows.AddRange(lit.Where(next => next.Next.Count == 0).Select(leaf => (string[])["→", leaf.Text]));
            node = lit[0];
        }

        return new(["question", "answer"], rows, Leaves().FirstOrDefault().Leaf?.Note ?? "");
    }
}
