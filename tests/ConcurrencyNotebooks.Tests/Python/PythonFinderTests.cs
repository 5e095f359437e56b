namespace ConcurrencyNotebooks.Tests.Measurements;

public sealed class PythonFinderTests
{
    [Fact]
    public async Task Each_version_is_found_once_and_the_oldest_comes_first()
    {
        var pythons = await Pythons.OrSkipAsync();

        pythons.Select(python => (python.Implementation, python.Version, python.HasInterpreterLock)).Should().OnlyHaveUniqueItems();
        pythons.Select(python => python.Version).Should().BeInAscendingOrder();
        pythons.Should().OnlyContain(python => python.Version >= new Version(3, 6));
    }

    [Fact]
    public async Task What_is_shown_of_a_Python_tells_no_path()
    {
        var python = (await Pythons.OrSkipAsync())[^1];

        python.ToString().Should().Be($"{python.Implementation} {python.Version}");
        python.Path.Should().NotBeEmpty();
    }

    [Fact]
    public async Task The_setting_names_the_only_one_to_be_used()
    {
        var python = (await Pythons.OrSkipAsync())[0];
        var finder = new PythonFinder(name => name == PythonFinder.Setting ? python.Path : Environment.GetEnvironmentVariable(name));

        var found = await finder.FindAsync(CancellationToken.None);

        found.Should().ContainSingle().Which.Version.Should().Be(python.Version);
    }

    [Fact]
    public async Task A_setting_that_names_no_Python_says_so()
    {
        var finder = new PythonFinder(name => name == PythonFinder.Setting ? "no-such-python" : null);

        var finding = () => finder.FindAsync(CancellationToken.None);

        await finding.Should().ThrowAsync<InvalidOperationException>()
            .WithMessage("CONCURRENCY_NOTEBOOKS_PYTHON names \"no-such-python\"*");
    }

    [Fact]
    public async Task Programs_that_only_look_like_Python_are_passed_over()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Writes shell scripts.");
        using var folder = new TemporaryFolder();
        folder.WriteProgram("python3", "echo 'pyenv: python3: command not found' >&2; exit 127");
        folder.WriteProgram("python3.9", "echo 'Python 3.9'");
        folder.WriteProgram("python", """echo '["2.7.18", "CPython", true]'""");
        folder.WriteProgram("python3.14t", """echo '["3.14.0", "CPython", false]'""");
        folder.WriteProgram("python3-config", """echo '["3.15.0", "CPython", true]'""");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "python3.13"), Path.Combine(folder.Path, "nowhere"));
        var finder = new PythonFinder(name => name switch
        {
            "PATH" => $"{folder.Path}{Path.PathSeparator}{Path.Combine(folder.Path, "missing")}",
            "PYENV_ROOT" => folder.Path,
            _ => null,
        });

        var found = await finder.FindAsync(CancellationToken.None);

        found.Should().Equal(
            new PythonInstallation(Path.Combine(folder.Path, "python3.14t"), new(3, 14, 0), "CPython", HasInterpreterLock: false));
        found[0].ToString().Should().Be("CPython 3.14.0 without interpreter lock");
    }

    [Fact]
    public async Task The_versions_of_pyenv_are_found_without_its_shims()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Writes shell scripts.");
        using var folder = new TemporaryFolder();
        folder.WriteProgram(Path.Combine("shims", "python3"), $"touch {folder.Path}/shim-was-started");
        folder.WriteProgram(Path.Combine("versions", "3.12.1", "bin", "python"), """echo '["3.12.1", "CPython", true]'""");
        var finder = new PythonFinder(name => name switch
        {
            "PATH" => Path.Combine(folder.Path, "shims"),
            "PYENV_ROOT" => folder.Path,
            _ => null,
        });

        var found = await finder.FindAsync(CancellationToken.None);

        found.Should().ContainSingle().Which.ToString().Should().Be("CPython 3.12.1");
        File.Exists(Path.Combine(folder.Path, "shim-was-started")).Should().BeFalse();
    }
}
