using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;
using Workshop.Handouts;
using Workshop.Jupyter;

namespace Workshop.Doctor;

/// <summary>The programs that the notebooks need, and those that they use where they are there.</summary>
internal static class ProgramChecks
{
    private const string Workshop = "dotnet run --project lib/Workshop --";

    // Less than a check may take: a shim that hangs must not hide the Pythons beside it.
    private static readonly TimeSpan PythonLimit = TimeSpan.FromSeconds(5);

    /// <summary>The SDK that <c>dotnet</c> chooses in the clone, by its global.json.</summary>
    public static async Task<CheckResult> SdkAsync(CancellationToken cancellationToken)
    {
        var root = Repository.Require().Root;
        var wanted = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(root, "global.json"), cancellationToken))?["sdk"]?["version"];
        const string Advice = "Install the .NET 10 SDK: https://dotnet.microsoft.com/download";
        try
        {
            var run = await Cli.Wrap(DotNetCommand.Path).WithArguments("--version").WithWorkingDirectory(root)
                .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(cancellationToken);
            return run.IsSuccess
                ? CheckResult.Fine($"{run.StandardOutput.Trim()}; global.json asks for {wanted} or later")
                : CheckResult.Mend($"none that global.json allows, which asks for {wanted} or later", Advice);
        }
        catch (Win32Exception exception)
        {
            return CheckResult.Mend($"`dotnet` does not start ({exception.Message})", Advice);
        }
    }

    public static async Task<CheckResult> PythonAsync(CancellationToken cancellationToken)
    {
        const string Recorded = "Recorded results stand in for it, and say so.";
        var finder = new PythonFinder(Environment.GetEnvironmentVariable, PythonLimit);
        if (finder.IsTurnedOff) return CheckResult.Warning($"turned off by {PythonFinder.Setting}", Recorded);
        try
        {
            var found = await finder.FindAsync(cancellationToken);
            var passedOver = string.Concat(finder.PassedOver.Select(other => $"; {other.Path} {other.Why}"));
            if (found.Count > 0) return CheckResult.Fine(string.Join(", ", found) + passedOver);
            return CheckResult.Warning(
                "none" + passedOver, $"{Recorded} To measure it here, install CPython and see to it that it is on the PATH.");
        }
        catch (InvalidOperationException exception)
        {
            return CheckResult.Mend(exception.Message, "The cells that measure Python fail.");
        }
    }

    public static CheckResult Browser() => PdfPrinter.Find() is { } path
        ? CheckResult.Fine(path)
        : CheckResult.Warning("no Chromium, Chrome or Edge", "Any browser shows the pages; tests and printed books need one of these.");

    public static CheckResult Jupyter() => JupyterServer.Find() is { } path
        ? CheckResult.Fine(path)
        : CheckResult.Warning("not on the PATH", $"Only who wants Jupyter needs it. {JupyterServer.HowToInstall()}");

    public static CheckResult Kernel()
    {
        if (KernelSpec.FindFolder() is not { } folder)
        {
            return CheckResult.Warning(
                "not set up", $"Only Jupyter and Visual Studio Code need it: `{Workshop} jupyter --setup-only` sets it up.");
        }

        try
        {
            _ = KernelSpec.Read(folder).FindProgram();
            return CheckResult.Fine(folder);
        }
        catch (JupyterSetupException exception)
        {
            return CheckResult.Warning(exception.Message, $"`{Workshop} jupyter --setup-only --force` installs it anew.");
        }
    }
}
