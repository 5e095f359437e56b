using System.Globalization;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;

#pragma warning disable CA1861 // the arrays are what is tested

namespace NotebookEngine.Tests;

public class FormatterTests
{
    public static TheoryData<object?, string> Values => new()
    {
        { null, "null" },
        { 42, "42" },
        { 1.5, "1.5" },
        { 1e21, "1E+21" },
        { double.NaN, "NaN" },
        { 0.1m, "0.1" },
        { true, "true" },
        { 'x', "x" },
        { "a <b>\n c", "a <b>\n c" },
        { DayOfWeek.Friday, "Friday" },
        { new DateTime(2026, 3, 27, 13, 5, 0, DateTimeKind.Utc), "2026-03-27 13:05:00Z" },
        { new DateTimeOffset(2026, 3, 27, 13, 5, 0, 250, TimeSpan.FromHours(9)), "2026-03-27 13:05:00.25+09:00" },
        { new DateOnly(2026, 3, 27), "2026-03-27" },
        { TimeSpan.FromMilliseconds(1500), "00:00:01.5000000" },
        { Guid.Empty, "00000000-0000-0000-0000-000000000000" },
        { new Uri("https://example.org/"), "https://example.org/" },
        { typeof(Dictionary<string, int?[]>), "System.Collections.Generic.Dictionary<string, int?[]>" },
        { new byte[] { 1, 0xAB }, "byte[2] 01 AB" },
        { new[] { 1, 2, 3 }, "[ 1, 2, 3 ]" },
        { Array.Empty<int>(), "[ ]" },
        { new[,] { { 1, 2 }, { 3, 4 } }, "[ [ 1, 2 ], [ 3, 4 ] ]" },
        { new[] { new[] { 1 }, [] }, "[ [ 1 ], [ ] ]" },
        { (1, "x", (2, 3)), "(1, x, (2, 3))" },
        { new Person("Ada", 36), "Person { Name = Ada, Age = 36 }" },
        { new PointStruct(1, 2), "PointStruct { X = 1, Y = 2 }" },
        { new { A = 1, B = (object?)null }, "anonymous { A = 1, B = null }" },
        { KeyValuePair.Create("a", 1), "[a, 1]" },
        { new OnlyText(), "only text" },
        { new Empty(), "Empty" },
        { Task.FromResult(3), "Task<int> { Status = RanToCompletion, Result = 3 }" },
        { Task.CompletedTask, "Task { Status = RanToCompletion }" },
        { new ValueTask<int>(new TaskCompletionSource<int>().Task), "ValueTask<int>" },
        { new Lazy<int>(() => throw new InvalidOperationException()), "Lazy<int>" },
        { (Func<int, string>)Twice, "Func<int, string>: string Twice(int number)" },
        { JsonNode.Parse("[1]"), "[\n  1\n]" },
        { new Dictionary<string, int>(), "{ }" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_has_a_plain_text_and_the_same_words_in_HTML(object? value, string text)
    {
        var bundle = Formatter.Format(value);

        bundle["text/plain"].Should().Be(text.ReplaceLineEndings("\n"));
        bundle.MimeTypes.Should().Equal("text/html", "text/plain");
        foreach (var word in text.Split([' ', '\n', ',', '{', '}', '[', ']', '(', ')', '='], StringSplitOptions.RemoveEmptyEntries))
            TextOf(bundle).Should().Contain(word);
    }

    [Fact]
    public void A_sequence_of_objects_is_a_table_with_an_index_and_all_their_members()
    {
        object[] rows = [new Person("Ada", 36), new Person("日本", 7), new { Name = "x", Extra = 1.5 }, 7];

        var bundle = Formatter.Format(rows);

        bundle["text/plain"].Should().Be(
            """
            index  Name  Age  Extra  value
            -----  ----  ---  -----  -----
            0      Ada   36
            1      日本  7
            2      x          1.5
            3                        7
            """.ReplaceLineEndings("\n"));
        var table = new HtmlParser().ParseDocument(bundle["text/html"]!).QuerySelector("div.nb-value table")!;
        table.QuerySelectorAll("thead th").Select(cell => cell.TextContent).Should().Equal("index", "Name", "Age", "Extra", "value");
        table.QuerySelectorAll("tbody tr").Select(row => string.Join('|', row.Children.Select(cell => cell.TextContent)))
            .Should().Equal("0|Ada|36||", "1|日本|7||", "2|x||1.5|", "3||||7");
        table.QuerySelectorAll("td.nb-number").Select(cell => cell.TextContent).Should().Equal("36", "7", "1.5", "7");
    }

    [Fact]
    public void Dictionaries_and_groups_show_key_and_value()
    {
        Formatter.Format(new Dictionary<string, object> { ["a"] = 1, ["b"] = new[] { 1, 2 } })["text/plain"]
            .Should().Be("key  value\n---  --------\na    1\nb    [ 1, 2 ]");
        Formatter.Format(new SortedList<string, Person> { ["x"] = new("Ada", 36) })["text/plain"]
            .Should().Be("key  Name  Age\n---  ----  ---\nx    Ada   36");
        Formatter.Format(new System.Collections.Hashtable { [1] = null })["text/plain"].Should().Be("key  value\n---  -----\n1    null");
        Formatter.Format("aab".GroupBy(c => c))["text/plain"]
            .Should().Be("index  Key  Items\n-----  ---  --------\n0      a    [ a, a ]\n1      b    [ b ]");
    }

    [Fact]
    public void Objects_within_objects_are_folded()
    {
        var html = new HtmlParser().ParseDocument(
            Formatter.Format(new { Title = "t", Inner = new Person("Ada", 36), List = new[] { new Person("Bob", 1) } })["text/html"]!);

        var outer = html.QuerySelector("div.nb-value > details")!;
        outer.HasAttribute("open").Should().BeTrue();
        outer.QuerySelectorAll("details").Select(details => details.QuerySelector("summary")!.TextContent).Should().Equal("Person", "Person[]");
        outer.QuerySelectorAll("details").Should().OnlyContain(details => !details.HasAttribute("open"));
    }

    [Fact]
    public void A_long_object_takes_a_line_per_member()
    {
        var text = Formatter.Format(new { First = new string('a', 60), Second = new string('b', 60) })["text/plain"];

        text.Should().Be($"anonymous\n  First: {new string('a', 60)}\n  Second: {new string('b', 60)}");
    }

    [Fact]
    public void An_exception_shows_its_message_and_unfolds_to_its_stack()
    {
        var bundle = Formatter.Format(Thrown());

        bundle["text/plain"].Should().StartWith("System.InvalidOperationException: outer <x>\n ---> System.ArgumentException: inner".ReplaceLineEndings())
            .And.Contain(nameof(Thrown));
        var html = new HtmlParser().ParseDocument(bundle["text/html"]!);
        html.QuerySelector("summary")!.TextContent.Should().Be("System.InvalidOperationException: outer <x>");
        html.QuerySelector("details pre")!.TextContent.Should().Contain("inner");
    }

    [Fact]
    public void A_task_that_is_not_done_is_not_waited_for()
    {
        var bundle = Formatter.Format(new TaskCompletionSource<int>().Task);

        bundle["text/plain"].Should().Be("Task<int> { Status = WaitingForActivation }");
    }

    [Fact]
    public void A_faulted_task_shows_its_exception_and_observes_it()
    {
        var text = Formatter.Format(Task.FromException<int>(new InvalidOperationException("no")))["text/plain"];

        text.Should().Be("Task<int> { Status = Faulted, Exception = System.InvalidOperationException: no }");
    }

    [Fact]
    public void Everything_is_escaped()
    {
        const string Evil = "<script>alert('x')</script>\"&\0";
        object[] values =
        [
            Evil, new { A = Evil }, new[] { Evil }, new[] { new { A = Evil } }, new Dictionary<string, string> { [Evil] = Evil },
            new InvalidOperationException(Evil), (Evil, new Person(Evil, 1)), new OnlyText(Evil), new { Inner = new { Deep = Evil } },
        ];

        foreach (var value in values)
        {
            var html = Formatter.Format(value)["text/html"]!;
            html.Should().NotContain("<script").And.NotContain("\0");
            new HtmlParser().ParseDocument(html).QuerySelector("script").Should().BeNull();
        }
    }

    [Fact]
    public void The_style_holds_for_its_class_alone_and_leaves_colours_to_the_page()
    {
        var style = new HtmlParser().ParseDocument(Formatter.Format(new Person("Ada", 36))["text/html"]!).QuerySelector("style")!.TextContent;

        var selectors = style.Split('}', StringSplitOptions.RemoveEmptyEntries).SelectMany(rule => rule.Split('{')[0].Split(','));
        selectors.Should().OnlyContain(selector => selector.StartsWith(".nb-value ", StringComparison.Ordinal));
        style.Should().NotMatchRegex("#[0-9a-fA-F]{3}|rgb\\(|background:(?!none)");
    }

    [Fact]
    public void The_culture_does_not_matter()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

            Formatter.Format(new object[] { 1.5, 0.25m, new DateTime(2026, 3, 1) })["text/plain"].Should().Be("[ 1.5, 0.25, 2026-03-01 00:00:00 ]");
            Formatter.Format(Enumerable.Repeat(1.5, 5000).ToList())["text/html"].Should().Contain("1.5, 1.5").And.Contain("4,980 more");
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void The_wanted_mime_types_and_no_others_are_given()
    {
        Formatter.Format(42, ["text/plain"]).Select(form => (form.Key, form.Value)).Should().Equal(("text/plain", "42"));
        Formatter.Format(new HtmlContent("<b>"), ["text/html"]).Select(form => (form.Key, form.Value)).Should().Equal(("text/html", "<b>"));
    }

    [Fact]
    public void A_mime_type_that_a_value_cannot_have_is_an_error_that_says_so()
    {
        Formatter.Format(new Person("Ada", 36), ["text/csv"]).Select(form => (form.Key, form.Value)).Should().Equal((
            "text/plain", "⚠ Person cannot be shown as text/csv; it can be shown as text/html, text/plain."));
    }

    [Fact]
    public void Markup_and_Markdown_are_shown_as_they_are()
    {
        Formatter.Format(NotebookDisplay.HTML("<b>x</b>"))["text/html"].Should().Be("<b>x</b>");
        Formatter.Format(NotebookDisplay.Markdown("**x**"))["text/markdown"].Should().Be("**x**");
        Formatter.Format(new[] { NotebookDisplay.HTML("<b>x</b>") })["text/html"].Should().Contain("<td><b>x</b></td>");
        Formatter.Format(new MimeBundle { { "image/png", "aGk=" } }).MimeTypes.Should().Equal("image/png");
    }

    private static string TextOf(MimeBundle bundle) => new HtmlParser().ParseDocument(bundle["text/html"]!).Body!.TextContent;

    private static string Twice(int number) => $"{number}{number}";

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("outer <x>", new ArgumentException("inner"));
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }

    public sealed record Person(string Name, int Age);

    public record struct PointStruct(int X, int Y);

    public sealed class Empty;

    public sealed class OnlyText(string text = "only text")
    {
        public override string ToString() => text;
    }
}
