using System.Text.Json.Serialization;

namespace ConcurrencyNotebooks;

/// <summary>
/// A node of a tree chart: a question that leads to others, or where a path ends, a recommendation with its model and the reason. The reply
/// that leads to it is empty for the root, and for what stands below its sibling under the same answer. Lit is what lies on the path shown.
/// </summary>
internal sealed record ChartNode(
    string Text, string Reply, IReadOnlyList<ChartNode> Next, ConcurrencyModel? Model = null, bool IsLit = false, string Note = "");

/// <summary>
/// Questions that lead to recommendations, with one path lit or all of it shown alike: an outline, in which what an answer leads to stands
/// below it, further to the right. A flowchart with its branches side by side would need three times the width.
/// </summary>
internal sealed record TreeChart(ChartNode Root) : ChartContent
{
    private const double Indent = 26, Trunk = 10; // From where a box begins to what is below it, and to the line that leads there.

    // Of a path only its own reason is shown.
    public ChartNode Root { get; } = Root.IsLit ? WithoutOtherReasons(Root) : Root;

    public override bool HasFigure => false;

    /// <summary>Every way from the root to where it ends, with the questions and answers on it; of a lit tree only the lit ones.</summary>
    [JsonIgnore]
    public IEnumerable<(string Path, ChartNode Leaf)> Ways => Leaves(Root, "");

    public override Scene ToScene()
    {
        var (boxes, links, row) = (new List<(ChartNode Node, Mark Mark)>(), new List<(bool IsLit, Mark[] Marks)>(), 0.0);
        Add(Root, Canvas.Margin);
        var table = ToTable();
        return new("Decision tree", null, null, table,
        [
            .. links.GroupBy(link => link.IsLit).OrderBy(group => group.Key).Select(group =>
                Series(MarkForm.Line, Plain(group.Key), group.Key, group.SelectMany(link => link.Marks))),
            .. boxes.GroupBy(box => (box.Node.Model, IsLeaf: box.Node.Next.Count == 0, box.Node.IsLit)).Select(group => Series(
                MarkForm.Bars, group.Key.IsLeaf ? Palette.Index(group.Key.Model) : Plain(group.Key.IsLit), group.Key.IsLit,
                group.Select(box => box.Mark)) with
            {
                Thickness = 0.78,
                IsHollow = !group.Key.IsLeaf || group.Key.IsLit != Root.IsLit,
                Hover = "%{text}",
            }),
        ])
        {
            InWords = [.. table.Rows.Select(way => $"{way[0]}: {way[1]}" + (Root.IsLit ? "" : $", {way[2]}"))], // lit, the note has it
            Notes = Root.IsLit ? [.. Ways.Take(1).Select(way => way.Leaf.Note)] : [],
        };

        static int Plain(bool isLit) => isLit ? Palette.Ink : Palette.Grey;

        static MarkSeries Series(MarkForm form, int colour, bool isLit, IEnumerable<Mark> marks) =>
            new("", form, colour, [.. marks]) { Size = isLit ? 1.5 : 0.6 };

        void Add(ChartNode node, double x)
        {
            var (y, text) = (row, node.Reply.Length > 0 ? $"{node.Reply} → {node.Text}" : node.Text);
            boxes.Add((node, new Mark(x + TextLayout.Width(text, Canvas.SmallFontSize) + 16, y, text, x)));
            row++;
            foreach (var next in node.Next)
            {
                links.Add((next.IsLit, [new(x + Trunk, y + 0.4), new(x + Trunk, row), new(x + Indent, row), new(double.NaN, row)]));
                Add(next, x + Indent);
            }
        }
    }

    private static ChartNode WithoutOtherReasons(ChartNode node) =>
        node with { Note = node.IsLit ? node.Note : "", Next = [.. node.Next.Select(WithoutOtherReasons)] };

    private List<(string Path, ChartNode Leaf)> Leaves(ChartNode node, string path)
    {
        if (node.Next.Count == 0) return [(path.TrimStart(), node)];
        var reply = "";
        return [.. node.Next.Where(next => !Root.IsLit || next.IsLit).SelectMany(next =>
        {
            if (next.Reply.Length > 0) reply = next.Reply;
            return Leaves(next, $"{path} {node.Text} {reply}.");
        })];
    }

    private ResultTable ToTable() => new(
        ["path", "leads to", "because"],
        [.. Ways.GroupBy(leaf => leaf.Path).Select(way => (string[])
            [way.Key, string.Join("; ", way.Select(leaf => leaf.Leaf.Text)), way.First().Leaf.Note])]);
}
