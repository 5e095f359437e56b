using System.Collections;
using AngleSharp.Html.Parser;

namespace NotebookEngine.Tests;

public class FormatterLimitsTests
{
    [Fact]
    public void A_long_list_says_how_many_items_are_left_out()
    {
        var bundle = Formatter.Format(Enumerable.Range(0, 1000).Select(i => new { I = i }).ToList());

        bundle["text/plain"].Should().EndWith("\n19     19\n… (980 more)");
        new HtmlParser().ParseDocument(bundle["text/html"]!).QuerySelectorAll("tbody tr").Should().HaveCount(21)
            .And.Subject.Last().TextContent.Should().Be("… (980 more)");
    }

    [Fact]
    public void An_endless_sequence_is_cut_and_enumerated_once()
    {
        var started = 0;
        var taken = 0;
        IEnumerable<int> Endless()
        {
            started++;
            while (true) yield return taken++;
        }

        var bundle = Formatter.Format(Endless());

        bundle["text/plain"].Should().EndWith("18, 19, … (more) ]");
        bundle["text/html"].Should().Contain("… (more)");
        (started, taken).Should().Be((1, 21), "one item more than is shown tells that there are more");
    }

    [Fact]
    public void Dictionaries_strings_bytes_and_members_are_cut_too()
    {
        Formatter.Format(Enumerable.Range(0, 25).ToDictionary(i => i))["text/plain"].Should().EndWith("… (5 more)");
        Formatter.Format(new string('x', 12_345))["text/plain"].Should().EndWith("x… (2,345 more characters)");
        Formatter.Format(new byte[70])["text/plain"].Should().StartWith("byte[70] 00 00").And.EndWith("00 … (6 more)");
        Formatter.Format(new Wide(), limits: new FormattingLimits { Members = 2 })["text/plain"].Should().Be("Wide { A = 1, B = 2, … (1 more members) }");
    }

    [Fact]
    public void A_cut_does_not_split_a_character()
    {
        Formatter.Format("a😀b", limits: new FormattingLimits { TextLength = 2 })["text/plain"].Should().Be("a… (3 more characters)");
    }

    [Fact]
    public void Depth_is_limited_where_it_says_so()
    {
        Chain? chain = null;
        for (var i = 0; i < 100_000; i++) chain = new Chain(chain);

        var bundle = Formatter.Format(chain);

        bundle["text/plain"].Should().Contain("Chain … (deeper than 5 levels)");
        bundle["text/html"].Should().Contain("Chain … (deeper than 5 levels)");
    }

    [Fact]
    public void A_cycle_is_named_and_the_same_object_twice_is_none()
    {
        var node = new Node { Name = "a" };
        node.Next = new Node { Name = "b", Next = node };
        var list = new List<object>();
        list.Add(list);
        var twice = new Node { Name = "t" };

        Formatter.Format(node)["text/plain"].Should().Be("Node { Name = a, Next = Node { Name = b, Next = (cycle: the Node above) } }");
        Formatter.Format(list)["text/plain"].Should().Be("[ (cycle: the List<object> above) ]");
        Formatter.Format((twice, twice))["text/plain"].Should().Be("(Node { Name = t, Next = null }, Node { Name = t, Next = null })");
    }

    [Fact]
    public void A_broad_and_deep_value_stays_small()
    {
        var text = new string('x', 5000);
        object Tree(int depth) => depth == 0 ? text : Enumerable.Repeat(0, 50).Select(_ => Tree(depth - 1)).ToList();

        var bundle = Formatter.Format(Tree(3));

        bundle["text/plain"]!.Length.Should().BeLessThan(200_000);
        bundle["text/html"]!.Length.Should().BeLessThan(400_000);
        bundle["text/plain"].Should().Contain("… (cut here: more than 100,000 characters)");
    }

    [Fact]
    public void What_throws_is_an_error_in_its_place()
    {
        IEnumerable<int> Breaking()
        {
            yield return 1;
            throw new InvalidOperationException("no more");
        }

        Formatter.Format(new Throwing())["text/plain"].Should().Be("Throwing { Before = 1, Bad = ⚠ InvalidOperationException: <bad>, After = 2 }");
        Formatter.Format(new Throwing())["text/html"].Should().Contain("<span class=\"nb-error\">⚠ InvalidOperationException: &lt;bad&gt;</span>");
        Formatter.Format(Breaking())["text/plain"].Should().Be("[ 1, ⚠ InvalidOperationException: no more ]");
        Formatter.Format(new ThrowingText())["text/plain"].Should().Be("⚠ InvalidOperationException: no text");
        Formatter.Format(new ThrowingCount())["text/plain"].Should().Be("[ 7 ]");
        Formatter.Format(new ThrowingMessage())["text/plain"].Should().StartWith("⚠ ");
    }

    [Fact]
    public void Live_objects_of_the_framework_can_be_shown()
    {
        using var source = new CancellationTokenSource();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        object[] values = [Thread.CurrentThread, source, source.Token, process, new MemoryStream(), AppDomain.CurrentDomain, typeof(int).Assembly];

        foreach (var value in values)
        {
            Formatter.Format(value)["text/plain"].Should().NotBeNullOrEmpty().And.NotContain("cannot be shown");
        }
    }

    private sealed class Chain(Chain? next)
    {
        public Chain? Next { get; } = next;
    }

    private sealed class Node
    {
        public string Name { get; init; } = "";

        public Node? Next { get; set; }
    }

    private sealed class Wide
    {
        public int A { get; } = 1;

        public int B { get; } = 2;

        public int C { get; } = 3;
    }

    private sealed class Throwing
    {
        public int Before { get; } = 1;

        public int Bad => Before == 1 ? throw new InvalidOperationException("<bad>") : 0;

        public int After { get; } = 2;
    }

    private sealed class ThrowingText
    {
        public override string ToString() => throw new InvalidOperationException("no text");
    }

    private sealed class ThrowingMessage : Exception
    {
        public override string Message => throw new InvalidOperationException("no message");
    }

    private sealed class ThrowingCount : ICollection
    {
        public int Count => throw new InvalidOperationException("no count");

        public bool IsSynchronized => false;

        public object SyncRoot => this;

        public void CopyTo(Array array, int index)
        {
        }

        public IEnumerator GetEnumerator()
        {
            yield return 7;
        }
    }
}
