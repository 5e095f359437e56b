using System.Net;
using System.Net.Sockets;

namespace Workshop.Tests.Jupyter;

/// <summary>What the verb <c>jupyter</c> installs, and what it says when something is missing; with the real kernel.</summary>
public sealed class JupyterCommandTests : IDisposable
{
    private readonly JupyterHome _home = new();

    public JupyterCommandTests() =>
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Shell scripts stand for other programs here, and the folders are those of Linux.");

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task The_kernel_spec_is_installed_started_once_and_removed_again()
    {
        var installed = await _home.RunAsync("--setup-only");
        var spec = File.ReadAllText(_home.SpecFile);
        var left = _home.Processes();
        var removed = await _home.RunAsync("--uninstall");
        var again = await _home.RunAsync("--uninstall");

        installed.Should().Match<ProgramRun>(run => run.ExitCode == 0 && run.Output.Contains("The .NET kernel is ready."));
        spec.Should().Contain($"\"{_home.Workspace[Path.Combine("bin", "dotnet")]}\"", "Jupyter needs no `dotnet` on its PATH")
            .And.Contain("--http-local-only");
        left.Should().BeEmpty();
        removed.ExitCode.Should().Be(0);
        Directory.Exists(Path.GetDirectoryName(_home.SpecFile)).Should().BeFalse();
        again.ExitCode.Should().Be(0);
        again.Output.Should().StartWith("There is no kernel spec in ");
    }

    [Fact]
    public async Task Without_Jupyter_it_sets_the_kernel_up_and_says_how_Jupyter_is_installed()
    {
        _home.Put("apt-get", "exit 0");

        var run = await _home.RunAsync();

        run.ExitCode.Should().Be(1);
        run.Output.Should().Contain("The .NET kernel is ready.");
        run.Error.Should().StartWith("Jupyter is not on the PATH. Install it with `sudo apt-get install jupyter-notebook`");
    }

    [Fact]
    public async Task A_tool_that_cannot_be_downloaded_is_said_with_what_NuGet_said()
    {
        Directory.CreateDirectory(_home.Workspace["nothing served"]);
        _home.Workspace.Write(Path.Combine(".nuget", "NuGet", "NuGet.Config"), $"""
            <configuration>
              <packageSources><clear /><add key="empty" value="{_home.Workspace["nothing served"]}" /></packageSources>
            </configuration>
            """);
        _home.Workspace.Environment["NUGET_PACKAGES"] = _home.Workspace["packages"];

        var run = await _home.RunAsync("--setup-only");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("`dotnet tool restore`").And.Contain("microsoft.dotnet-interactive")
            .And.Contain("connect to the network and run this again");
        File.Exists(_home.SpecFile).Should().BeFalse();
    }

    [Fact]
    public async Task A_build_that_fails_is_shown()
    {
        _home.PutDotNet("if [ \"$1\" = build ]; then echo 'Broken.cs(1,1): error CS1002: ; expected'; exit 1; fi");

        var run = await _home.RunAsync("--setup-only");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("Repair what the build complains about").And.Contain("error CS1002: ; expected");
    }

    [Fact]
    public async Task A_kernel_that_ends_at_once_is_shown_with_what_it_printed()
    {
        _home.PutDotNet("case \"$*\" in build*) exit 0;; *dotnet-interactive*) echo 'no such tool here' >&2; exit 1;; esac");

        var run = await _home.RunAsync("--setup-only");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("does not start. It ended before it answered.").And.Contain("  no such tool here");
    }

    [Fact]
    public async Task A_kernel_that_cannot_load_the_library_is_said()
    {
        // The kernel starts in a folder from which the library's path leads nowhere.
        var elsewhere = _home.Workspace[Path.Combine("a", "b")];
        var manifest = Path.Combine(".config", "dotnet-tools.json");
        Directory.CreateDirectory(Path.Combine(elsewhere, ".config"));
        File.Copy(Path.Combine(Lessons.Repository.Require().Root, manifest), Path.Combine(elsewhere, manifest));
        _home.PutDotNet($"case \"$*\" in build*) exit 0;; *dotnet-interactive*) cd '{elsewhere}';; esac");

        var run = await _home.RunAsync("--setup-only");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("the first line of the notebooks fails in it").And.Contain("ConcurrencyNotebooks.dll");
    }

    [Fact]
    public async Task A_kernel_that_prints_something_else_is_shown_with_it()
    {
        _home.Put("other", "echo '{ no JSON'; echo '[1]'; echo '{\"command\": \"x\", \"event\": 5}'");
        _home.WriteForeignSpec("""{ "argv": ["other", "jupyter", "{connection_file}"] }""");

        var run = await _home.RunAsync("--setup-only");

        run.ExitCode.Should().Be(1);
        run.Error.Should().Contain("does not start").And.Contain("{ no JSON").And.NotContain("   at ");
    }

    [Fact]
    public async Task Where_the_home_folder_is_missing_the_current_one_does_not_take_its_place()
    {
        _home.Workspace.Environment["HOME"] = _home.Workspace["missing"];

        var run = await _home.RunAsync("--uninstall");

        run.Output.Should().Contain($"There is no kernel spec in {_home.Workspace["missing"]}");
    }

    [Theory]
    [InlineData("{ not JSON")]
    [InlineData("{ \"argv\": [] }")]
    [InlineData("[]")]
    public async Task A_damaged_kernel_spec_is_said(string damaged)
    {
        _home.WriteForeignSpec(damaged);

        var refused = await _home.RunAsync("--setup-only");

        refused.ExitCode.Should().Be(1);
        refused.Error.Should().Contain("is damaged").And.Contain("--force");
    }

    [Fact]
    public async Task A_kernel_spec_of_somebody_else_whose_program_is_not_on_the_PATH_is_said_and_stays()
    {
        const string Foreign = """{ "argv": ["dotnet-of-old", "interactive", "jupyter", "{connection_file}"], "language": "C#" }""";
        _home.WriteForeignSpec(Foreign);

        var setup = await _home.RunAsync("--setup-only");
        var uninstall = await _home.RunAsync("--uninstall");

        setup.ExitCode.Should().Be(1);
        setup.Error.Should().Contain("starts the program dotnet-of-old, which is not on the PATH").And.Contain("--force");
        uninstall.ExitCode.Should().Be(1);
        uninstall.Error.Should().Contain("is not from this program");
        File.ReadAllText(_home.SpecFile).Should().Be(Foreign);
    }

    [Fact]
    public async Task A_kernel_spec_of_somebody_else_that_works_is_used_as_it_is()
    {
        const string Foreign = """{ "argv": ["dotnet", "interactive", "jupyter", "{connection_file}"], "language": "C#" }""";
        _home.WriteForeignSpec(Foreign);

        var run = await _home.RunAsync("--setup-only");

        run.Error.Should().BeEmpty();
        run.ExitCode.Should().Be(0);
        File.ReadAllText(_home.SpecFile).Should().Be(Foreign);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_before_anything_else_is_done()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var run = await _home.RunAsync("--port", $"{port}");

        run.ExitCode.Should().Be(1);
        run.Error.Should().StartWith($"Port {port} cannot be had").And.Contain("Choose another one with --port");
        run.Output.Should().BeEmpty();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("70000")]
    [InlineData("http")]
    public async Task A_port_that_is_none_is_refused(string port)
    {
        var run = await _home.RunAsync("--port", port);

        run.ExitCode.Should().Be(2);
        run.Error.Should().StartWith($"--port takes a number from 1 to 65535; {port} is not one.");
    }

    [Theory]
    [InlineData("/sys/jupyter")] // Not even root may write there.
    [InlineData("/dev/null/jupyter")]
    public async Task A_folder_that_cannot_be_written_is_said(string folder)
    {
        _home.Workspace.Environment["JUPYTER_DATA_DIR"] = folder;

        var run = await _home.RunAsync("--setup-only");

        run.ExitCode.Should().Be(1);
        run.Error.Should().StartWith($"The kernel spec cannot be written into {folder}").And.Contain("JUPYTER_DATA_DIR")
            .And.NotContain("   at ");
    }

    [Fact]
    public async Task Jupyter_that_fails_is_said_with_its_exit_code_after_its_own_words()
    {
        _home.Put("jupyter-notebook", "echo \"arguments: $*\" >&2; exit 7");

        var run = await _home.RunAsync("--no-browser");

        run.ExitCode.Should().Be(1);
        run.Error.Should().StartWith("arguments: -y --no-browser").And.Contain("jupyter-notebook ended with exit code 7");
    }

    [Fact]
    public async Task Force_installs_over_a_damaged_spec_and_where_Jupyter_looks_first()
    {
        var preferred = _home.Workspace[Path.Combine("preferred", "kernels", ".net-csharp", "kernel.json")];
        Directory.CreateDirectory(Path.GetDirectoryName(preferred)!);
        File.WriteAllText(preferred, "{ not JSON");
        _home.Workspace.Environment["JUPYTER_PATH"] = _home.Workspace["preferred"];

        var refused = await _home.RunAsync("--setup-only");
        var forced = await _home.RunAsync("--setup-only", "--force");
        var removed = await _home.RunAsync("--uninstall");

        refused.Error.Should().Contain(preferred).And.Contain("is damaged");
        forced.ExitCode.Should().Be(0);
        removed.Output.Should().StartWith($"Removed {Path.GetDirectoryName(preferred)}");
        File.Exists(_home.SpecFile).Should().BeFalse();
    }
}
