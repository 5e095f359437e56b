namespace Notebooks.OfficialKernel.Tests;

/// <summary>The run of a notebook outlives the notebook.</summary>
public sealed class KernelRunTests
{
    [Theory]
    [InlineData("Environment.Exit(3);", 3)]
    [InlineData("void Deeper(int n) { if (n >= 0) Deeper(n + 1); Console.Write(n); } Deeper(0);", null)]
    public async Task A_cell_that_ends_the_process_leaves_the_reports_of_those_before_it(string deadly, int? exitCode)
    {
        using var notebook = new TestNotebook("1 + 1", deadly, "2 + 2");

        var run = await KernelRun.OfAsync(notebook.Path);

        run.Cells.Select(cell => cell.Id).Should().Equal("cell-1");
        run.ExitCode.Should().NotBe(0);
        if (exitCode is { } code) run.ExitCode.Should().Be(code);
    }

    [Fact]
    public async Task Outputs_are_reported_by_kind_and_in_order_and_a_failing_cell_with_its_message()
    {
        using var notebook = new TestNotebook(
            "Console.WriteLine(1); Console.WriteLine(2); Console.Error.WriteLine(3); \"text\"",
            "throw new InvalidOperationException(\"on purpose\");",
            "undefined",
            "\"still there\"");

        var run = await KernelRun.OfAsync(notebook.Path);

        run.Cells.Select(cell => string.Join(", ", cell.Kinds)).Should().Equal(
            "stream stdout, stream stderr, execute_result text/plain", "error", "error", "execute_result text/plain");
        run.Cells[1].Failure.Should().Contain("on purpose");
        run.Cells[2].Failure.Should().Contain("CS0103");
    }

    [Theory]
    [InlineData("{ int F() { return 1; } F(); }", "execute_result text/html")] // <null>, which is why no lesson does it.
    [InlineData("{ var f = () => { return 1; }; f(); }", "")]
    [InlineData("int F() { return 1; } F();", "")]
    public async Task A_local_function_that_returns_in_a_block_makes_the_kernel_show_a_result(string source, string kinds)
    {
        using var notebook = new TestNotebook(source);

        var run = await KernelRun.OfAsync(notebook.Path);

        string.Join(", ", run.Cells.Single().Kinds).Should().Be(kinds);
    }
}
