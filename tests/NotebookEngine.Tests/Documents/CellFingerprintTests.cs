namespace NotebookEngine.Tests;

public class CellFingerprintTests
{
    [Fact]
    public void Outputs_of_a_run_belong_to_the_code_until_it_changes()
    {
        var document = Saved();

        document.StaleCells().Should().BeEmpty();

        document.Cells[2].Source += " + 1";
        document.StaleCells().Select(stale => (stale.Cell.Id, stale.Reason)).Should().Equal(
            ("second", StaleReason.CodeChanged), ("third", StaleReason.EarlierCodeChanged));
        document.StaleCells()[1].ToString().Should().MatchRegex(
            @"^Cell 'third' \(line \d+\): the code of a cell above it changed after its outputs were saved\.$");
    }

    [Fact]
    public void A_cell_added_removed_or_moved_above_makes_those_below_stale()
    {
        var added = Saved();
        added.Insert(new NotebookCell(CellKind.Code, "var y = 1;", "new"), index: 2);
        var removed = Saved();
        removed.Remove(removed.Cells[1]);

        added.StaleCells().Select(stale => (stale.Cell.Id, stale.Reason)).Should().Equal(
            ("new", StaleReason.NotRun), ("second", StaleReason.EarlierCodeChanged), ("third", StaleReason.EarlierCodeChanged));
        removed.StaleCells().Select(stale => stale.Cell.Id).Should().Equal("second", "third");
    }

    [Fact]
    public void Prose_line_ends_and_blank_cells_do_not_matter()
    {
        var document = Saved();

        document.Cells[0].Source = "# Another title";
        document.Insert(new NotebookCell(CellKind.Code, " \n"), index: 1);
        document = NotebookDocument.Parse(document.ToJson().Replace("x = 1;\\n", "x = 1;\\r\\n", StringComparison.Ordinal));

        document.StaleCells().Should().BeEmpty();
    }

    [Fact]
    public void Outputs_that_were_cleared_or_never_stamped_are_told_apart()
    {
        var document = Saved();
        document.Cells[1].SetOutputs(null, []);
        document.Cells[2].Metadata.Remove("concurrency_notebooks");

        document.StaleCells().Select(stale => (stale.Cell.Id, stale.Reason)).Should().Equal(
            ("first", StaleReason.NotRun), ("second", StaleReason.NotStamped));
    }

    [Fact]
    public void Cells_that_a_run_did_not_reach_keep_what_they_said()
    {
        var document = Saved();
        document.Cells[1].Source = "var x = 2;";

        document.Cells[1].SetOutputs(1, []);
        document.StampOutputs();

        document.StaleCells().Select(stale => stale.Cell.Id).Should().Equal("second", "third");
    }

    [Fact]
    public void Stamping_the_same_run_again_changes_nothing()
    {
        var document = Saved();
        var text = document.ToJson();

        foreach (var cell in document.Cells.Where(cell => cell.Kind == CellKind.Code)) cell.SetOutputs(cell.ExecutionCount, cell.Outputs);
        document.StampOutputs();

        document.ToJson().Should().Be(text);
    }

    private static NotebookDocument Saved()
    {
        var document = NotebookDocument.Create();
        document.Insert(new NotebookCell(CellKind.Markdown, "# Title", "title"));
        document.Insert(new NotebookCell(CellKind.Code, "var x = 1;\nx", "first"));
        document.Insert(new NotebookCell(CellKind.Code, "x + 1", "second"));
        document.Insert(new NotebookCell(CellKind.Code, "x + 2", "third"));
        var count = 0;
        foreach (var cell in document.Cells.Where(cell => cell.Kind == CellKind.Code))
            cell.SetOutputs(++count, [new ResultOutput(MimeBundle.PlainText($"{count}"), count)]);
        document.StampOutputs();
        return NotebookDocument.Parse(document.ToJson());
    }
}
