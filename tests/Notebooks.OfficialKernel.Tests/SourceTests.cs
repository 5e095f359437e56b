using System.Text.RegularExpressions;

namespace Notebooks.OfficialKernel.Tests;

/// <summary>What a notebook needs on the kernel of .NET Interactive, and no run would show.</summary>
public sealed partial class SourceTests
{
    public static TheoryData<string> Names => [.. NotebookCell.Notebooks];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_first_cell_says_what_to_do_when_nothing_is_built(string name)
    {
        // The kernel says only that a file could not be found, and goes on saying so after a build: it must be restarted.
        Cells(name)[0].Source.Should().StartWith("// File not found? Run \"dotnet build\" in a terminal, then restart the kernel.\n#r \"");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_reference_has_a_comment_behind_it_on_its_line(string name)
    {
        // The kernel would never come back from it.
        Cells(name).Should().NotContain(cell => CommentBehindReference().IsMatch(cell.Source));
    }

    private static IReadOnlyList<NotebookCell> Cells(string name) => NotebookCell.Read(Path.Combine(Repository.Notebooks, name + ".ipynb"));

    [GeneratedRegex("""^\s*#r\s+"[^"]*"[ \t]*/""", RegexOptions.Multiline)]
    private static partial Regex CommentBehindReference();
}
