using System.Diagnostics;

namespace Workshop.Tests;

/// <summary>Ctrl-C ends the run, its notebook's process included, and leaves the files as they were.</summary>
public sealed class InterruptTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("while (true) await Task.Delay(10);", "-INT", 130)]
    [InlineData("while (true) { }", "-INT", 130)]
    [InlineData("while (true) { }", "-TERM", 143)]
    [InlineData("while (true) { }", "-HUP", 129)]
    public async Task A_signal_ends_the_cell_and_its_process_and_writes_nothing(string endless, string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows cannot send Ctrl-C to one process of a group.");
        const string TellsItsProcess = "System.IO.File.WriteAllText(\"pid.tmp\", Environment.ProcessId.ToString()); "
            + "System.IO.File.Move(\"pid.tmp\", \"pid.txt\");";
        var path = _workspace.WriteNotebook(
            "endless.ipynb", NotebookCellText.Code("endless-cell", $"{TellsItsProcess}\n{endless}"), NotebookCellText.Code("after", "1"));
        var before = File.ReadAllBytes(path);

        var run = await ProgramRun.OfAsync(
            _workspace,
            async process =>
            {
                await FileAsync(_workspace["pid.txt"]);
                using var kill = Process.Start("kill", [signal, $"{process.Id}"]);
                await kill.WaitForExitAsync();
            },
            "run", "endless.ipynb", "--save", "--handouts", "pages");

        run.ExitCode.Should().Be(exitCode);
        run.Error.Should().Contain("Interrupted").And.NotContain("   at ");
        File.ReadAllBytes(path).Should().Equal(before);
        Directory.Exists(_workspace["pages"]).Should().BeFalse();
        var host = int.Parse(File.ReadAllText(_workspace["pid.txt"]), System.Globalization.CultureInfo.InvariantCulture);
        FluentActions.Invoking(() => Process.GetProcessById(host)).Should().Throw<ArgumentException>("the notebook's process has ended");
    }

    // A cell has no other way to call a test; each look is cheap, and the program's deadline bounds them.
    private static async Task FileAsync(string path)
    {
        while (!File.Exists(path)) await Task.Delay(20);
    }
}
