namespace Notebooks.OfficialKernel.Tests;

/// <summary>The judge can say no.</summary>
public sealed class JudgeTests
{
    private const string NotThere = "error NU1101: Unable to find package Some.Package.";

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, "(1,1): error CS0103", "'cell' failed: (1,1): error CS0103")]
    [InlineData("optional", null, null)]
    [InlineData("optional", NotThere, null)]
    [InlineData("optional", "(1,1): error CS0103", "'cell' failed: (1,1): error CS0103")]
    [InlineData("solution", NotThere, "'cell' failed: " + NotThere)]
    [InlineData("raises-exception", "on purpose", null)]
    [InlineData("raises-exception", null, "'cell' should fail")]
    public void A_cell_may_fail_only_when_its_tag_says_so(string? tag, string? failure, string? complaint)
    {
        var cell = new NotebookCell("cell", "1", tag is null ? [] : [tag], ["stream stdout"]);

        Judge.Complaint(cell, new CellReport("cell", ["stream stdout"], failure, 0)).Should().Be(complaint);
    }

    [Fact]
    public void Other_outputs_than_the_saved_ones_are_said_with_both()
    {
        var cell = new NotebookCell("cell", "1", [], ["stream stdout", "execute_result text/html text/plain"]);

        Judge.Complaint(cell, new CellReport("cell", ["execute_result text/html text/plain"], null, 0)).Should().Be(
            "'cell' shows [execute_result text/html text/plain], and saved is [stream stdout, execute_result text/html text/plain]");
    }

    [Fact]
    public void An_optional_cell_may_say_in_words_why_this_kernel_cannot_show_it()
    {
        var cell = new NotebookCell("cell", "1", ["optional"], ["display_data text/html"]);

        Judge.Complaint(cell, new CellReport("cell", ["stream stdout"], null, 0)).Should().BeNull();
    }
}
