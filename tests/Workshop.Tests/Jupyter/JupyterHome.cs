namespace Workshop.Tests.Jupyter;

/// <summary>A home of its own for the verb <c>jupyter</c>: nothing is installed, and on the PATH is what a test puts there.</summary>
public sealed class JupyterHome : IDisposable
{
    public JupyterHome()
    {
        Directory.CreateDirectory(Workspace["bin"]);
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (var (name, value) in new[]
        {
            ("HOME", Workspace.Folder),
            ("PATH", Workspace["bin"]),
            ("NUGET_PACKAGES", packages.TrimEnd('/') + "/"),
            ("JUPYTER_PATH", ""),
            ("JUPYTER_DATA_DIR", ""),
            ("JUPYTER_RUNTIME_DIR", Workspace["runtime"]),
            ("XDG_DATA_HOME", ""),
            ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
            ("DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT", "1"),
        })
            Workspace.Environment[name] = value;

        // The library is built with these tests; another build of it takes time and proves nothing.
        PutDotNet("if [ \"$1\" = build ]; then exit 0; fi");
    }

    public Workspace Workspace { get; } = new();

    public string SpecFile => Workspace[Path.Combine(".local", "share", "jupyter", "kernels", ".net-csharp", "kernel.json")];

    /// <summary>Puts a program on the PATH.</summary>
    public void Put(string name, string script)
    {
        var path = Workspace.Write(Path.Combine("bin", name), $"#!/bin/sh\n{script}\n");
        const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, Executable);
    }

    /// <summary>Puts a <c>dotnet</c> on the PATH that does this first and is the real one otherwise.</summary>
    public void PutDotNet(string first) => Put("dotnet", $"{first}\nexec '{ProgramRun.DotNet}' \"$@\"");

    /// <summary>Writes a kernel spec that the program has not installed.</summary>
    public void WriteForeignSpec(string json)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SpecFile)!);
        File.WriteAllText(SpecFile, json);
    }

    /// <summary>Puts this machine's Jupyter on the PATH, without what lies beside it.</summary>
    /// <remarks>Where there is none, the test is skipped, in CI it fails.</remarks>
    public void PutRealJupyter()
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "jupyter-notebook")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(path is null && Environment.GetEnvironmentVariable("CI") != "true", "There is no Jupyter here.");
        path.Should().NotBeNull("CI installs Jupyter");
        Put("jupyter-notebook", $"exec '{path}' \"$@\"");
    }

    public Task<ProgramRun> RunAsync(params string[] arguments) => ProgramRun.OfAsync(Workspace, ["jupyter", .. arguments]);

    /// <summary>The command lines of all processes that were started from this home, by their environment.</summary>
    public IReadOnlyList<string> Processes()
    {
        var found = new List<string>();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(folder, "environ")).Contains($"HOME={Workspace.Folder}\0", StringComparison.Ordinal))
                    found.Add(File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' '));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Ended meanwhile, or somebody else's.
            }
        }

        return found;
    }

    public void Dispose() => Workspace.Dispose();
}
