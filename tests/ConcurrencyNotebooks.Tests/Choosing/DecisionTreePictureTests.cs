using System.Xml.Linq;

namespace ConcurrencyNotebooks.Tests;

public sealed class DecisionTreePictureTests
{
    private static readonly Workload Primes = new("Primes & squares", WorkloadKind.CpuBound) { ParallelNeeded = true };

    [Fact]
    public void Every_question_reply_and_recommendation_is_in_the_picture()
    {
        var texts = string.Join('\n', Texts(Choose.Tree.ToSvg()));

        var nodes = All(((TreeChart)Choose.Tree.ToSpec().Content).Root).ToList();
        nodes.Should().HaveCount(5 + (2 * 6));
        texts.Should().ContainAll(nodes.Select(node => node.Reply.Length > 0 ? $"{node.Reply} → {node.Text}" : node.Text));
    }

    [Fact]
    public void Only_the_path_is_lit()
    {
        var lit = Choose.For(Primes).ToSpec().Scene.Series.Where(series => series.Colour == Palette.Ink || series.IsSolid)
            .SelectMany(series => series.Marks).Select(mark => mark.Label).Where(label => label.Length > 0);

        lit.Should().BeEquivalentTo(
            "What does it spend its time with?", "computing (CPU) → Must a crash or a leak stay outside?", "no → Is one core too slow?",
            "yes → C#: Threads, Parallel.For", "Python: Processes, ProcessPoolExecutor");
    }

    [Fact]
    public void Lighting_a_path_moves_nothing()
    {
        static IEnumerable<string> Places(string svg) => XDocument.Parse(svg).Descendants()
            .Where(element => element.Name.LocalName == "text")
            .Select(element => $"{element.Value} at {element.Attribute("x")!.Value} {element.Attribute("y")!.Value}");

        Places(Choose.For(Primes).ToSvg()).Should().Contain(Places(Choose.Tree.ToSvg()).Skip(1));
    }

    [Fact]
    public void The_bundle_has_a_description_and_a_table_in_words()
    {
        var choice = Choose.For(Primes);

        choice.ToHtml().Should().Contain("<details").And.Contain("<img alt='Primes &amp; squares. Decision tree.");
        choice.ToHtml().Should().Contain("Is one core too slow? yes.").And.Contain("C#: Threads, Parallel.For");
        choice.ToString().Should().StartWith("Primes & squares\n").And.Contain("; Python: Processes, ProcessPoolExecutor");
    }

    private static IEnumerable<ChartNode> All(ChartNode node) => node.Next.SelectMany(All).Prepend(node);

    private static List<string> Texts(string svg) =>
        [.. XDocument.Parse(svg).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
}
