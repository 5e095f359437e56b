namespace NotebookHost.Tests;

public sealed class ErrorTests : NotebookTest
{
    [Fact]
    public async Task A_compile_error_shows_place_code_source_line_and_caret()
    {
        var error = await ErrorAsync("var x = 1;\n\tvar y = unknown + 1;");

        error.Name.Should().Be(CellError.Compilation);
        error.Line.Should().Be(2);
        error.Message.Should().Be("(2,10): error CS0103: The name 'unknown' does not exist in the current context");
        error.Traceback.Should().Equal(
            "cell cell, line 2, column 10: error CS0103: The name 'unknown' does not exist in the current context",
            "    \tvar y = unknown + 1;",
            "    \t        ^~~~~~~");
    }

    [Fact]
    public async Task Ten_errors_are_shown_and_the_others_counted()
    {
        var error = await ErrorAsync(string.Join('\n', Enumerable.Range(1, 13).Select(i => $"unknown{i};")));

        error.Traceback.Count(line => line.Contains("error CS0103", StringComparison.Ordinal)).Should().BeLessThanOrEqualTo(10);
        error.Traceback[^1].Should().MatchRegex(@"^… and \d+ more\.$");
    }

    [Fact]
    public async Task Warnings_are_not_shown() =>
        (await RunAsync("#warning careful\nint unused; string s = null;")).Outputs.Should().BeEmpty();

    [Fact]
    public async Task A_cell_that_does_not_compile_changes_nothing()
    {
        await ValueAsync("var x = 1;");

        await ErrorAsync("var x = 2; nonsense(");

        (await ValueAsync("x")).Should().Be("1");
    }

    [Fact]
    public async Task An_exception_stops_the_cell_and_variables_set_before_survive()
    {
        var error = await ErrorAsync(
            "var before = 1;\nvar after = 1;\nbefore = 2;\nthrow new InvalidOperationException(\"no\");\nafter = 2;");

        error.Name.Should().Be("System.InvalidOperationException");
        error.Message.Should().Be("no");
        error.Line.Should().Be(4);
        error.Traceback.Should().Equal("System.InvalidOperationException: no", "   at cell cell, line 4");
        (await ValueAsync("before * 10 + after")).Should().Be("21");
    }

    [Fact]
    public async Task The_stack_names_the_authors_methods_and_cells_and_nothing_below_them()
    {
        await RunAsync(
            """
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
            static int Parse(string text) => int.Parse(text);
            async Task<int> LaterAsync(string text)
            {
                await Task.Yield();
                return Parse(text);
            }
            """,
            "methods");

        var error = (await RunAsync("var a = 1;\nvar b = await LaterAsync(\"twelve\");", "use")).Error!;

        error.Name.Should().Be("System.FormatException");
        error.Line.Should().Be(2, "that is the line of the cell that ran");
        error.Traceback[0].Should().StartWith("System.FormatException: ");
        error.Traceback.Should().Contain("   at Parse(String text) in cell methods, line 2");
        error.Traceback.Should().Contain("   at LaterAsync() in cell methods, line 6");
        error.Traceback[^1].Should().Be("   at cell use, line 2");
        error.Traceback.Should().NotContain(
            line => line.Contains("MoveNext") || line.Contains("Submission#") || line.Contains('/') || line.Contains("Awaiter"));
    }

    [Fact]
    public async Task Lambdas_and_local_functions_have_readable_names()
    {
        var error = await ErrorAsync(
            "int Outer() { int Local() => throw new Exception(\"x\"); return Local(); }\nFunc<int> f = () => Outer();\nf();");

        error.Traceback.Should().Contain("   at Local() in cell cell, line 1");
        error.Traceback.Should().Contain("   at lambda in cell cell, line 2");
    }

    [Fact]
    public async Task Inner_exceptions_follow_and_an_aggregate_of_one_is_that_one()
    {
        var nested = await ErrorAsync("throw new Exception(\"outer\", new ArgumentException(\"inner\"));");
        var single = await ErrorAsync("Task.Run(() => throw new ArgumentException(\"alone\")).Wait();");
        var several = await ErrorAsync("throw new AggregateException(new Exception(\"one\"), new Exception(\"two\"));");

        nested.Traceback.Should().Contain("  ---> System.ArgumentException: inner");
        (single.Name, single.Message).Should().Be(("System.ArgumentException", "alone"));
        several.Message.Should().Be("2 errors occurred.");
        several.Traceback.Should().ContainInOrder("  ---> System.Exception: one", "  ---> System.Exception: two");
    }

    [Fact]
    public async Task An_exception_type_of_the_cells_own_has_the_name_that_it_was_given() =>
        (await ErrorAsync("class Mishap : Exception { public override string Message => throw new Exception(); } throw new Mishap();"))
            .Should().Match<CellError>(e => e.Name == "Mishap" && e.Message.Contains("threw Exception"));

    [Fact]
    public async Task An_error_in_a_loaded_file_names_the_file_and_no_line_of_the_cell()
    {
        File.WriteAllText(Path.Combine(Folder, "broken.csx"), "int fine = 1;\nint bad = \"s\";\n");

        var error = await ErrorAsync("#load \"broken.csx\"");

        error.Line.Should().BeNull();
        error.Message.Should().StartWith("broken.csx(2,11): error CS0029");
    }

    [Theory]
    [InlineData("throw new Exception(new string('x', 1_000_000));", "900,000 more characters were cut")]
    [InlineData("int F(int n) => n > 0 ? F(n - 1) + 1 : throw new Exception(\"deep\"); F(10_000)", "… 9,9")]
    [InlineData("throw new AggregateException(Enumerable.Range(0, 10_000).Select(n => new Exception($\"{n}\")));", "… 9,9")]
    public async Task What_nobody_reads_to_its_end_is_cut(string code, string end)
    {
        var error = await ErrorAsync(code);

        error.Traceback.Should().HaveCountLessThan(110);
        string.Join('\n', error.Traceback).Should().Contain(end).And.Subject.Length.Should().BeLessThan(150_000);
    }

    [Fact]
    public async Task An_exception_whose_message_is_null_has_an_empty_one() =>
        (await ErrorAsync("class Mute : Exception { public override string Message => null; }\nthrow new Mute();"))
            .Message.Should().BeEmpty();
}
