using Workshop.Running;
using Workshop.Watching;

namespace Workshop.Commands;

/// <summary><c>watch</c>: shows a notebook's page in the browser, and runs what changes at each save.</summary>
internal static class WatchCommand
{
    public static void AddTo(RootCommand root)
    {
        var path = new Argument<string>("notebook") { Description = "A notebook, or the number of a lesson." };
        var noBrowser = new Option<bool>("--no-browser") { Description = "Print the page's address and open no browser." };
        var port = WorkshopProgram.PortOption("The port of the page.");
        var verb = new Command("watch", "Shows a notebook in the browser; at each save the cells from the first changed one on run.")
        {
            path, noBrowser, port,
        };
        verb.SetAction((result, cancellationToken) => WatchAsync(
            result.GetRequiredValue(path), result.GetValue(port), !result.GetValue(noBrowser), cancellationToken));
        root.Subcommands.Add(verb);
    }

    private static async Task<int> WatchAsync(string path, int? port, bool opensBrowser, CancellationToken cancellationToken)
    {
        var files = NotebookFiles.Resolve([path]);
        if (files is not [var file]) throw new InputException($"{path} holds {files.Count} notebooks. Name one of them.");
        var root = Repository.Find()?.Root;
        var report = new RunReport(RunConsole.OfProgram());
        var runner = new NotebookRunner(RunCommand.DefaultTimeout, new MachinePaths(root), report, NotebookRunner.StartProcessAsync);
        using var server = new PageServer(file.Name, port);
        report.Note($"{file.DisplayPath} is shown at {server.Address} and run at each save. Ctrl-C ends it.");
        if (opensBrowser) _ = Browser.OpenAsync(server.Address, report.Note);
        await new NotebookWatch(file, runner, report, server, root).RunAsync(cancellationToken);
        return ExitCode.Ok;
    }
}
