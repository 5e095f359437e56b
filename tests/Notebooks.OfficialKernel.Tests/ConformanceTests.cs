
namespace Notebooks.OfficialKernel.Tests;

/// <summary>Every notebook in the kernel of .NET Interactive: what readers have in Jupyter and in Visual Studio Code.</summary>
public sealed class ConformanceTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. NotebookCell.Notebooks];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_cell_runs_and_has_the_kinds_of_outputs_that_are_saved(string name)
    {
        var path = Path.Combine(Repository.Notebooks, name + ".ipynb");
        var cells = NotebookCell.Read(path);

        var run = await KernelRun.OfAsync(path);

        foreach (var report in run.Cells) output.WriteLine($"{report.Seconds,6:0.00} s  {report.Id}  {report.Failure}");
        output.WriteLine($"{run.Cells.Sum(report => report.Seconds),6:0.00} s  {name}");
        run.Cells.Select(report => report.Id).Should().Equal(
            cells.Select(cell => cell.Id), $"the process ended with exit code {run.ExitCode} and said: {run.Output}");
        run.ExitCode.Should().Be(0);
        cells.Zip(run.Cells, Judge.Complaint).OfType<string>().Should().BeEmpty();
    }
}
