using Workshop.Jupyter;

namespace Workshop.Commands;

/// <summary><c>jupyter</c>: sets the .NET kernel up for Jupyter and opens Jupyter in the notebooks' folder.</summary>
internal static class JupyterCommand
{
    public static Command Create()
    {
        var setupOnly = Options.Flag(
            "--setup-only", "Set the kernel up and check it, and open nothing: for Visual Studio Code, and for a container.");
        var noBrowser = Options.Flag("--no-browser", "Start Jupyter without opening a browser; it prints its address.");
        var port = Options.Port("The port of Jupyter.");
        var force = Options.Flag("--force", "Install over a kernel spec that this program has not installed.");
        var uninstall = Options.Flag("--uninstall", "Remove the kernel spec again.");
        const string Description = "Sets the .NET kernel up for Jupyter, for this user, and opens Jupyter in the notebooks' folder.";
        var verb = new Command("jupyter", Description) { setupOnly, noBrowser, port, force, uninstall };
        verb.SetAction(async (line, cancellationToken) =>
        {
            if (line.GetValue(uninstall))
            {
                JupyterSetup.Uninstall();
                return ExitCode.Ok;
            }

            // Before what takes long, so that nobody waits for a refusal.
            var chosenPort = (int?)line.GetValue(port);
            if (chosenPort is { } number) JupyterServer.RequireFree(number);
            await JupyterSetup.RunAsync(line.GetValue(force), cancellationToken);
            if (!line.GetValue(setupOnly)) await JupyterServer.RunAsync(chosenPort, !line.GetValue(noBrowser), cancellationToken);
            return ExitCode.Ok;
        });
        return verb;
    }
}
