namespace NotebookHost.Tests;

public sealed class OutputTests : NotebookTest
{
    [Fact]
    public async Task Text_of_both_streams_and_displayed_values_come_in_the_order_of_the_program()
    {
        var result = await RunAsync("Console.Write(1); Console.Write(2); Console.Error.Write(3); \"4\".Display(); Console.Write(5); 6");

        result.Outputs.Select(Describe).Should().Equal("stdout 12", "stderr 3", "display_data 4", "stdout 5", "execute_result 6");
    }

    [Fact]
    public async Task Threads_write_whole_lines_and_none_is_lost()
    {
        var result = await RunAsync(
            """
            var threads = Enumerable.Range(0, 8).Select(t => new System.Threading.Thread(() =>
            {
                for (var i = 0; i < 500; i++) Console.WriteLine($"{t}:{i}");
            })).ToList();
            threads.ForEach(t => t.Start());
            threads.ForEach(t => t.Join());
            """);

        var lines = result.Outputs.Should().ContainSingle().Which.Text
            .TrimEnd('\n').Split('\n');
        lines.Should().HaveCount(4000).And.OnlyHaveUniqueItems().And.AllSatisfy(line => line.Should().MatchRegex(@"^\d:\d+$"));
        lines.Where(line => line.StartsWith("3:", StringComparison.Ordinal)).Should().Equal(Enumerable.Range(0, 500).Select(i => $"3:{i}"));
    }

    [Theory]
    [InlineData("foreach (var half in \"x😀y😀\") { Console.Write(half); await Task.Delay(120); }", "x😀y😀")]
    [InlineData("Console.Write(new string('a', (1 << 20) - 1) + \"😀\");", "a")]
    public async Task Text_is_never_cut_inside_a_character(string code, string end) =>
        TextOf(await RunAsync(code)).Should().EndWith(end).And.NotContain("\uFFFD");

    [Fact]
    public async Task Bytes_that_are_written_past_the_console_are_UTF_8_however_they_arrive()
    {
        var result = await RunAsync(
            """
            var raw = Console.OpenStandardOutput();
            foreach (var one in Encoding.UTF8.GetBytes("x😀yé"))
            {
                raw.WriteByte(one);
                raw.Flush();
            }
            """);

        TextOf(result).Should().Be("x😀yé");
    }

    [Fact]
    public async Task Many_small_writes_become_few_events()
    {
        var events = 0;

        var result = await Notebook.RunAsync(
            "cell", "for (var i = 0; i < 20_000; i++) Console.Write('x');", Ample, _ => Interlocked.Increment(ref events));

        result.Outputs.Single().Text.Should().HaveLength(20_000);
        events.Should().BeLessThan(1000);
    }

    [Fact]
    public async Task Input_is_at_its_end() => (await ValueAsync("Console.ReadLine() is null")).Should().BeEquivalentTo("true");

    [Fact]
    public async Task What_a_stray_thread_prints_after_the_end_is_not_the_cells()
    {
        var first = await RunAsync(
            "var go = new TaskCompletionSource(); var printed = Task.Run(async () => { await go.Task; Console.Write(\"late\"); });");
        var field = await RunAsync("_ = Task.Run(async () => { await Task.Yield(); go.SetResult(); }); await printed;");

        first.Outputs.Should().BeEmpty();
        TextOf(field).Should().Be("late");
    }

    [Theory]
    [InlineData("1.Display();", "display_data 1")]
    [InlineData("1.Display()", "display_data 1")]
    [InlineData("display(\"x\");", "display_data x")]
    [InlineData("object unknown = 1; unknown.Display();", "display_data 1")]
    [InlineData("\"<b>x</b>\".DisplayAs(\"text/html\");", "display_data x")]
    [InlineData("HTML(\"<b>x</b>\")", "execute_result x")]
    public async Task A_value_is_displayed_once_with_and_without_a_semicolon(string code, string shown) =>
        (await RunAsync(code)).Outputs.Select(Describe).Should().Equal(shown);

    [Fact]
    public async Task A_type_that_renders_itself_gives_every_form_that_it_prefers()
    {
        var result = await RunAsync(Convention + "new Shown()");

        var forms = result.Outputs.Single().Forms.ToList();
        forms.Should().Equal(("image/svg+xml", "image/svg+xml!"), ("text/html", "text/html!"), ("text/plain", "text/plain!"));
    }

    [Theory]
    [InlineData("new Shown()")]
    [InlineData("new Shown().Display();")]
    public async Task A_formatter_that_throws_costs_its_picture_and_not_the_cell(string show)
    {
        var throwing = Convention.Replace(
            "writer.Write(MimeType + \"!\");", "throw new InvalidOperationException(\"no picture\");", StringComparison.Ordinal);

        var result = await RunAsync(throwing + show);

        result.Error.Should().BeNull();
        result.Outputs.Single().Form("text/plain").Should().Contain("InvalidOperationException: no picture").And.Contain("a shown thing");
    }

    [Fact]
    public async Task JSON_may_be_as_deep_as_the_usual_readers_allow()
    {
        var result = await RunAsync("(new string('[', 64) + new string(']', 64)).DisplayAs(\"application/json\");");

        result.Error.Should().BeNull();
        result.Outputs.Single().Form("application/json").Should().HaveLength(128);
    }

    [Fact]
    public async Task HTML_that_no_page_can_hold_is_replaced_by_a_notice()
    {
        var result = await RunAsync("HTML(new string('x', 500_001))");

        result.Outputs.Single().Forms.Should().Equal(
            ("text/plain", "This value is 500,001 characters of HTML, more than the 500,000 that a cell shows. Display a part of it."));
    }

    [Fact]
    public async Task A_thread_without_the_execution_context_prints_and_displays_like_any_other()
    {
        var result = await RunAsync(
            """
            using System.Threading;
            var done = new ManualResetEventSlim();
            var thread = new Thread(() => { Console.Write("a"); "b".Display(); Console.Write("c"); done.Set(); });
            thread.UnsafeStart();
            done.Wait();
            """);

        result.Outputs.Select(Describe).Should().Equal("stdout a", "display_data b", "stdout c");
    }

    [Fact]
    public async Task A_hundred_thousand_lines_arrive_in_order()
    {
        var result = await RunAsync("for (var i = 0; i < 100_000; i++) Console.WriteLine(i);");

        TextOf(result).Should().Be(string.Concat(Enumerable.Range(0, 100_000).Select(i => $"{i}\n")));
    }

    private const string Convention =
        """
        class TypeFormatterSourceAttribute(Type type) : Attribute
        {
            public Type FormatterSourceType { get; } = type;
            public string[] PreferredMimeTypes { get; set; }
        }
        public class Source
        {
            public IEnumerable<object> CreateTypeFormatters() =>
                new[] { "text/html", "text/plain", "image/svg+xml" }.Select(type => new One(type));
        }
        public class One(string mimeType)
        {
            public string MimeType => mimeType;
            public bool Format(object value, System.IO.TextWriter writer) { writer.Write(MimeType + "!"); return true; }
        }
        [TypeFormatterSource(typeof(Source), PreferredMimeTypes = new[] { "text/html", "image/svg+xml", "text/plain" })]
        public class Shown { public override string ToString() => "a shown thing"; }

        """;

    private static string Describe(CellOutput output) =>
        output.Type == CellOutput.StreamType ? $"{output.StreamName} {output.Text}" : $"{output.Type} {TextOf(output).Trim()}";
}
