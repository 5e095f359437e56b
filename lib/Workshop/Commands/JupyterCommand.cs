using Workshop.Jupyter;

namespace Workshop.Commands;

/// <summary><c>jupyter</c>: sets the .NET kernel up for Jupyter and opens Jupyter in the notebooks' folder.</summary>
internal static class JupyterCommand
{
    private static readonly Option<bool> SetupOnly =
        Options.Flag("--setup-only", "Set the kernel up and check it, and open nothing: for Visual Studio Code, and for a container.");

    private static readonly Option<bool> NoBrowser =
        Options.Flag("--no-browser", "Start Jupyter without opening a browser; it prints its address.");

    private static readonly Option<double?> Port = Options.Port("The port of Jupyter.");
    private static readonly Option<bool> Force =
        Options.Flag("--force", "Install over a kernel spec that this program has not installed.");

    private static readonly Option<bool> Uninstall = Options.Flag("--uninstall", "Remove the kernel spec again.");

    public static Command Create() => Options.Verb(
        new("jupyter", "Sets the .NET kernel up for Jupyter, for this user, and opens Jupyter in the notebooks' folder.")
        {
            SetupOnly, NoBrowser, Port, Force, Uninstall,
        },
        RunAsync);

    private static async Task<int> RunAsync(ParseResult line, CancellationToken cancellationToken)
    {
        if (line.GetValue(Uninstall))
        {
            JupyterSetup.Uninstall();
            return ExitCode.Ok;
        }

        // Before what takes long, so that nobody waits for a refusal.
        var port = (int?)line.GetValue(Port);
        if (port is { } number) JupyterServer.RequireFree(number);
        await JupyterSetup.RunAsync(line.GetValue(Force), cancellationToken);
        if (!line.GetValue(SetupOnly)) await JupyterServer.RunAsync(port, !line.GetValue(NoBrowser), cancellationToken);
        return ExitCode.Ok;
    }
}
