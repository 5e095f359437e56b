using System.Text.Encodings.Web;

namespace Workshop.Jupyter;

/// <summary>
/// What Jupyter reads to start a kernel: <c>kernels/.net-csharp/kernel.json</c> in one of its data folders
/// (https://jupyter-client.readthedocs.io/en/stable/kernels.html#kernel-specs).
/// </summary>
internal sealed record KernelSpec(string Folder, IReadOnlyList<string> Command, bool IsOurs)
{
    /// <summary>The kernel that the notebooks' metadata ask for.</summary>
    private const string Name = ".net-csharp";

    // In the spec's metadata: only what this program has installed does it overwrite or remove.
    private const string Mark = "concurrency_notebooks";

    // In the command of .NET Interactive's spec: what comes before it starts the program, what comes after it is for Jupyter.
    private const string Verb = "jupyter";

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The folder of the user's Jupyter data, in which the spec is installed.</summary>
    /// <remarks>https://docs.jupyter.org/en/latest/use/jupyter-directories.html#data-files</remarks>
    public static string UserFolder => Path.Combine(DataFolder(), "kernels", Name);

    /// <summary>What the program takes to talk over its standard streams instead.</summary>
    public IEnumerable<string> ArgumentsOfStdio =>
        [.. Command.Skip(1).TakeWhile(argument => argument != Verb), "stdio", "--default-kernel", "csharp"];

    /// <summary>The folder of the spec that Jupyter would take, null if there is none.</summary>
    public static string? FindFolder() => (Environment.GetEnvironmentVariable("JUPYTER_PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(path => Path.Combine(path, "kernels", Name)).Append(UserFolder)
        .FirstOrDefault(folder => File.Exists(FileIn(folder)));

    /// <summary>Reads the spec in a folder.</summary>
    public static KernelSpec Read(string folder)
    {
        try
        {
            if (JsonNode.Parse(File.ReadAllText(FileIn(folder))) is JsonObject spec && spec["argv"] is JsonArray { Count: > 0 } command)
                return new(folder, [.. command.Select(argument => $"{argument}")], (spec["metadata"] as JsonObject)?[Mark] is not null);
        }
        catch (JsonException)
        {
            // Damaged like any other that says nothing.
        }

        throw new JupyterSetupException(
            $"The kernel spec {FileIn(folder)} is damaged: Jupyter cannot start the kernel with it. "
            + "Install over it with --force, or remove the folder.");
    }

    /// <summary>Installs a spec that starts the tool of the clone's manifest.</summary>
    /// <remarks>
    /// The kernel runs in the notebook's folder, from which <c>dotnet tool run</c> finds the manifest upwards. The full path of
    /// <c>dotnet</c> is written since the PATH that Jupyter sees need not know it, and only local addresses are
    /// offered to the page, since saved notebooks would keep all addresses of the machine otherwise.
    /// </remarks>
    public static KernelSpec Install(string folder)
    {
        string[] command =
        [
            DotNetCommand.Path, "tool", "run", "dotnet-interactive", "--", Verb, "--default-kernel", "csharp",
            "--http-local-only", "{connection_file}",
        ];
        var spec = new JsonObject
        {
            ["argv"] = new JsonArray([.. command.Select(argument => (JsonNode)argument)]),
            ["display_name"] = ".NET (C#)",
            ["language"] = "C#",
            // Otherwise the web server inside the kernel prints its addresses into the terminal at each start.
            ["env"] = new JsonObject { ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Warning" },
            ["metadata"] = new JsonObject { [Mark] = new JsonObject { ["installed_by"] = "dotnet run --project lib/Workshop -- jupyter" } },
        };
        try
        {
            Directory.CreateDirectory(folder);
            AtomicFile.Write(FileIn(folder), Encoding.UTF8.GetBytes(spec.ToJsonString(Readable) + "\n"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new JupyterSetupException(
                $"The kernel spec cannot be written into {folder}: {exception.Message} "
                + "Make that folder writable, or set JUPYTER_DATA_DIR to another one, here and for Jupyter.", exception);
        }

        return new KernelSpec(folder, command, IsOurs: true);
    }

    /// <summary>The program that it starts. Jupyter looks for it on its PATH, and says only that there is no such file.</summary>
    /// <exception cref="JupyterSetupException">It is not there, or the spec starts something else than this kernel.</exception>
    public string FindProgram()
    {
        var program = Command[0];
        var isPath = Path.IsPathRooted(program);
        var found = !isPath ? ProgramPath.Find(program) : File.Exists(program) ? program : null;
        if (found is null)
        {
            throw new JupyterSetupException(
                $"The kernel spec in {Folder} starts the program {program}, which is not {(isPath ? "there" : "on the PATH")}. "
                + "Install over it with --force: then it names the full path of `dotnet`, and Jupyter needs none on its PATH.");
        }

        return Command.Contains(Verb) ? found : throw new JupyterSetupException(
            $"The kernel spec in {Folder} does not start .NET Interactive. Install over it with --force, or remove the folder.");
    }

    private static string FileIn(string folder) => Path.Combine(folder, "kernel.json");

    private static string DataFolder()
    {
        if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } chosen) return chosen;

        // Also one that is missing: the current folder would take its place.
        var home = Environment.GetFolderPath(
            OperatingSystem.IsWindows() ? Environment.SpecialFolder.ApplicationData : Environment.SpecialFolder.UserProfile,
            Environment.SpecialFolderOption.DoNotVerify);
        if (OperatingSystem.IsWindows()) return Path.Combine(home, "jupyter");
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Jupyter");
        var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        return Path.Combine(string.IsNullOrEmpty(data) ? Path.Combine(home, ".local", "share") : data, "jupyter");
    }
}
