using System.Diagnostics;

namespace Workshop.Tests.Jupyter;

/// <summary>The verb <c>jupyter</c> with the Jupyter of this machine.</summary>
public sealed class JupyterServerTests : IDisposable
{
    private readonly JupyterHome _home = new();

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("-INT")]
    [InlineData("-TERM")]
    public async Task An_interruption_ends_Jupyter_and_its_kernels(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It looks for processes as Linux shows them.");
        _home.PutRealJupyter();
        IReadOnlyList<string> running = [];

        var run = await ProgramRun.OfAsync(
            _home.Workspace,
            async process =>
            {
                var jupyter = await RunningJupyter.InAsync(_home);
                await jupyter.StartKernelAsync(".net-csharp");
                running = _home.Processes();
                using var kill = Process.Start("kill", [signal, $"{process.Id}"]);
                await kill.WaitForExitAsync();
            },
            "jupyter", "--no-browser");

        running.Should().Contain(command => command.Contains("jupyter-notebook"))
            .And.Contain(command => command.Contains("dotnet-interactive"));
        run.ExitCode.Should().Be(signal == "-TERM" ? 143 : 130);
        run.Error.Should().EndWith("Interrupted.\n").And.NotContain("   at ");
        _home.Processes().Should().BeEmpty();
    }

    [Fact]
    public async Task An_interruption_while_the_kernel_is_started_ends_it_and_what_it_started()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It looks for processes as Linux shows them.");
        _home.PutDotNet("case \"$*\" in build*) exit 0;; *dotnet-interactive*) /bin/sleep 1000 & : > \"$HOME/started\"; wait;; esac");
        IReadOnlyList<string> running = [];

        var run = await ProgramRun.OfAsync(
            _home.Workspace,
            async process =>
            {
                // A shell script has no other way to call a test; the program's deadline bounds it.
                while (!File.Exists(_home.Workspace["started"])) await Task.Delay(20);
                running = _home.Processes();
                using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
                await kill.WaitForExitAsync();
            },
            "jupyter", "--setup-only");

        running.Should().Contain(command => command.Contains("sleep"));
        run.ExitCode.Should().Be(130);
        run.Error.Should().Be("Interrupted.\n");
        _home.Processes().Should().BeEmpty();
    }
}
