namespace NotebookEngine.Tests.Session;

public sealed class OutputTests : SessionTest
{
    [Fact]
    public async Task Text_of_both_streams_and_displayed_values_come_in_the_order_of_the_program()
    {
        var result = await RunAsync("Console.Write(1); Console.Write(2); Console.Error.Write(3); \"4\".Display(); Console.Write(5); 6");

        result.Outputs.Select(Describe).Should().Equal("Stdout 12", "Stderr 3", "display 4", "Stdout 5", "result 6");
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

        var lines = result.Outputs.Should().ContainSingle().Which.Should().BeOfType<StreamOutput>().Which.Text
            .TrimEnd('\n').Split('\n');
        lines.Should().HaveCount(4000).And.OnlyHaveUniqueItems().And.AllSatisfy(line => line.Should().MatchRegex(@"^\d:\d+$"));
        lines.Where(line => line.StartsWith("3:", StringComparison.Ordinal)).Should().Equal(Enumerable.Range(0, 500).Select(i => $"3:{i}"));
    }

    [Fact]
    public async Task Many_small_writes_become_few_events()
    {
        var events = 0;

        var result = await Session.RunAsync("cell", "for (var i = 0; i < 20_000; i++) Console.Write('x');", _ => Interlocked.Increment(ref events));

        ((StreamOutput)result.Outputs.Single()).Text.Should().HaveLength(20_000);
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
        field.Outputs.Should().ContainSingle().Which.Should().Be(new StreamOutput(StreamName.Stdout, "late"));
        StrayOutputs.Should().BeEmpty();
    }

    [Fact]
    public async Task A_displayed_value_can_be_replaced_also_from_a_later_cell()
    {
        var shown = await RunAsync("var value = \"one\".Display(); value.Update(\"two\");");
        var events = new List<OutputEvent>();
        await Session.RunAsync("later", "value.Update(\"three\");", events.Add);

        var display = shown.Outputs.Should().ContainSingle().Which.Should().BeOfType<DisplayOutput>().Which;
        display.Data["text/plain"].Should().Be("two");
        var update = events.Should().ContainSingle().Which;
        update.IsUpdate.Should().BeTrue();
        update.Output.Should().BeOfType<DisplayOutput>().Which.DisplayId.Should().Be(display.DisplayId);
    }

    private static string Describe(CellOutput output) => output switch
    {
        StreamOutput stream => $"{stream.Name} {stream.Text}",
        DisplayOutput display => $"display {display.Data["text/plain"]}",
        ResultOutput result => $"result {result.Data["text/plain"]}",
        _ => output.GetType().Name,
    };
}
