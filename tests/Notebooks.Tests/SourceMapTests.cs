using Workshop.Lessons;

namespace Notebooks.Tests;

/// <summary>Holds <c>notebooks/README.md</c>, which maps the article and what it lacks onto the notebooks, against the notebooks.</summary>
public class SourceMapTests
{
    public static TheoryData<string, string, string, string> Rows()
    {
        var rows = new TheoryData<string, string, string, string>();
        foreach (var cells in File.ReadLines(Path.Combine(Lessons.Folder, "README.md"))
            .Where(line => line.StartsWith('|'))
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells[1] is not ("Notebook" or "---")))
        {
            rows.Add(cells[0], cells[1], cells[2], cells.Length > 3 ? cells[3] : "");
        }

        return rows;
    }

    [Fact]
    public void The_map_has_a_row_for_every_notebook()
    {
        var mapped = Rows().Select(row => row.Data.Item2).Distinct();

        mapped.Should().BeEquivalentTo(Lessons.English.Select(file => file.Name));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_points_at_a_cell_that_says_so(string inTheArticle, string notebook, string cell, string claim)
    {
        var document = NotebookDocument.Load(Lessons.Named(notebook).Path);

        var pointedAt = document.Cells.SingleOrDefault(candidate => candidate.Id == cell);

        inTheArticle.Should().NotBeEmpty();
        pointedAt.Should().NotBeNull($"the map says that '{inTheArticle}' is in cell '{cell}' of {notebook}");
        claim.Should().NotBeEmpty("that a cell exists proves nothing: a row names its claim, or quotes “the words” of the cell");
        pointedAt!.Source.Should().Contain(claim is ['“', .. var words, '”'] ? words : $"\"{claim}\"");
    }
}
