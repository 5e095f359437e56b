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

    /// <summary>What a program that is called python3 may do instead of answering.</summary>
    public static TheoryData<string> NoAnswers =>
    [
        "true", "echo 42", "echo '{}'", "echo '[]'", "echo null", "echo '\"3.12.1\"'", "echo '[[], {}, 1]'", "echo '[\"3.12.1\"]'",
        "echo '[\"three\", \"CPython\", true]'", "echo '[\"99999999999.1\", \"CPython\", true]'", "echo '[\"3\", \"CPython\", true]'",
        "echo '[null, null, null]'", "echo '[\"3.12.1\", \"CPython\", \"yes\"]'", "echo '[\"3.12.1\", null, true]'", "printf '[\\377\\376'",
        "echo '[\"3.12.1\", \"CPython\", true]'; exit 1", "kill -9 $$", "exec sleep 60", "yes | head -c 3000000", "sleep 60 & echo 42",
        "echo '[\"3.12.1\", \"CPython\", true]'; sleep 60 &",
        "for each; do case $each in /*) exit 2;; esac; done; echo '[\"3.12.1\", \"CPython\", true]'", // Windows' Python under WSL.
    ];

    [Theory]
    [MemberData(nameof(NoAnswers))]
    public async Task Whatever_a_program_answers_it_hides_no_good_Python_behind_it(string commands)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Writes shell scripts.");
        using var folder = new TemporaryFolder();
        folder.WriteProgram("first/python3", commands);
        folder.WriteProgram("second/python3", """echo '["3.12.1", "CPython", true]'""");

        var found = await FindAsync(folder);

        found.Should().ContainSingle().Which.Path.Should().StartWith(Path.Combine(folder.Path, "second"));
    }

    [Theory]
    [InlineData("echo 42", "does not say which version it is")]
    [InlineData("exit 3", "ended with exit code 3 when it was asked for its version")]
    [InlineData("""echo '["2.7.18", "CPython", true]'""", "is older than 3.6")]
    [InlineData("sleep 60 &", "did not answer within 3 s, or left its output open")]
    public async Task What_is_passed_over_is_named_with_the_reason(string commands, string why)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Writes shell scripts.");
        using var folder = new TemporaryFolder();
        folder.WriteProgram("first/python3", commands);
        var finder = Finder(folder);

        (await finder.FindAsync(CancellationToken.None)).Should().BeEmpty();

        finder.PassedOver.Should().Equal((Path.Combine(folder.Path, "first", "python3"), why));
    }

    [Fact]
    public async Task A_Python_that_prints_more_than_its_answer_is_still_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Writes shell scripts.");
        using var folder = new TemporaryFolder();
        folder.WriteProgram("first/python3", """echo 'Welcome [1]'; echo; echo '["3.12.1", "CPython", true]'; echo 'Good bye'""");

        (await FindAsync(folder)).Should().ContainSingle().Which.Version.Should().Be(new Version(3, 12, 1));
    }

    private static Task<IReadOnlyList<PythonInstallation>> FindAsync(TemporaryFolder folder) =>
        Finder(folder).FindAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));

    private static PythonFinder Finder(TemporaryFolder folder)
    {
        string[] path = [Path.Combine(folder.Path, "first"), Path.Combine(folder.Path, "second")];
        return new PythonFinder(name => name switch
        {
            "PATH" => string.Join(Path.PathSeparator, path),
            "PYENV_ROOT" => folder.Path,
            _ => null,
        }, TimeSpan.FromSeconds(3));
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
