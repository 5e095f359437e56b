using Workshop.Jupyter;

namespace Workshop.Tests.Jupyter;

/// <summary>Which <c>dotnet</c> Jupyter is told to start.</summary>
[Collection(nameof(SharedProcess))]
public sealed class DotNetCommandTests
{
    [Fact]
    public void Without_dotnet_on_the_PATH_it_takes_the_one_that_runs_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A shell script stands for the program here.");
        using var home = new JupyterHome();
        var path = Environment.GetEnvironmentVariable("PATH");
        try
        {
            Environment.SetEnvironmentVariable("PATH", home.Workspace["bin"]);
            var found = DotNetCommand.Path;
            Environment.SetEnvironmentVariable("PATH", "");
            var own = DotNetCommand.Path;

            found.Should().Be(home.Workspace[Path.Combine("bin", "dotnet")]);
            own.Should().Be(ProgramRun.DotNet);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }
}
