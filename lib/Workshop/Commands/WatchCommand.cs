using Workshop.Running;
using Workshop.Watching;

namespace Workshop.Commands;

/// <summary><c>watch</c>: shows a notebook's page in the browser, and runs what changes at each save.</summary>
internal static class WatchCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("notebook") { Description = "A notebook, or the number of a lesson." };
        var noBrowser = Options.Flag("--no-browser", "Print the page's address and open no browser.");
        var port = Options.Port("The port of the page.");
        const string Description = "Shows a notebook in the browser; at each save the cells from the first changed one on run.";
        var verb = new Command("watch", Description) { path, noBrowser, port };
        verb.SetAction((line, cancellationToken) =>
            WatchAsync(line.GetRequiredValue(path), (int?)line.GetValue(port), !line.GetValue(noBrowser), cancellationToken));
        return verb;
    }

    private static async Task<int> WatchAsync(string path, int? port, bool opensBrowser, CancellationToken cancellationToken)
    {
        var files = NotebookFiles.Resolve([path]);
        if (files is not [var file]) throw new InputException($"{path} holds {files.Count} notebooks. Name one of them.");
        var root = Repository.Find()?.Root;
        var report = new RunReport(RunConsole.OfProgram());
        await using var runner = new NotebookRunner(file, RunCommand.DefaultTimeout, root, report);
        using var server = new PageServer(file.Name, port);
        report.Note($"{file.DisplayPath} is shown at {server.Address} and run at each save. Ctrl-C ends it.");
        if (opensBrowser) _ = Browser.OpenAsync(server.Address, report.Note);
        await new NotebookWatch(file, runner, report, server, root).RunAsync(cancellationToken);
        return ExitCode.Ok;
    }
}
