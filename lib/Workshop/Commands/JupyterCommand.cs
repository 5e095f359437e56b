using Workshop.Jupyter;

namespace Workshop.Commands;

/// <summary><c>jupyter</c>: sets the .NET kernel up for Jupyter and opens Jupyter in the notebooks' folder.</summary>
internal static class JupyterCommand
{
    public static void AddTo(RootCommand root)
    {
        const string SetupOnly = "Set the kernel up and check it, and open nothing: for Visual Studio Code, and for a container.";
        var setupOnly = new Option<bool>("--setup-only") { Description = SetupOnly };
        const string NoBrowser = "Start Jupyter without opening a browser; it prints its address.";
        var noBrowser = new Option<bool>("--no-browser") { Description = NoBrowser };
        var port = WorkshopProgram.PortOption("The port of Jupyter.");
        var force = new Option<bool>("--force") { Description = "Install over a kernel spec that this program has not installed." };
        var uninstall = new Option<bool>("--uninstall") { Description = "Remove the kernel spec again." };
        var verb = new Command("jupyter", "Sets the .NET kernel up for Jupyter, for this user, and opens Jupyter in the notebooks' folder.")
        {
            setupOnly, noBrowser, port, force, uninstall,
        };
        verb.SetAction(async (result, cancellationToken) =>
        {
            if (result.GetValue(uninstall)) JupyterSetup.Uninstall();
            else await SetUpAsync(result.GetValue(port), result.GetValue(force), cancellationToken);
            if (!result.GetValue(uninstall) && !result.GetValue(setupOnly))
                await OpenAsync(result.GetValue(port), !result.GetValue(noBrowser), cancellationToken);
            return ExitCode.Ok;
        });
        root.Subcommands.Add(verb);
    }

    private static async Task SetUpAsync(int? port, bool force, CancellationToken cancellationToken)
    {
        // Before what takes long, so that nobody waits for a refusal.
        if (port is { } number) JupyterServer.RequireFree(number);
        var repository = Repository.Require();
        await new JupyterSetup(repository.Root, repository.Notebooks).RunAsync(force, cancellationToken);
    }

    private static async Task OpenAsync(int? port, bool opensBrowser, CancellationToken cancellationToken)
    {
        var program = JupyterServer.Find() ?? throw new JupyterSetupException(
            $"Jupyter is not on the PATH. {JupyterServer.HowToInstall()} "
            + "The kernel is set up: Visual Studio Code with its Jupyter extension can use it as it is.");
        await JupyterServer.RunAsync(program, Repository.Require().Notebooks, port, opensBrowser, cancellationToken);
    }
}
