using Workshop.Running;
using Workshop.Watching;

namespace Workshop.Commands;

/// <summary><c>watch</c>: shows a notebook's page in the browser, and runs what changes at each save.</summary>
internal static class WatchCommand
{
    private static readonly Argument<string> Notebook = new("notebook") { Description = "A notebook, or the number of a lesson." };
    private static readonly Option<bool> NoBrowser = Options.Flag("--no-browser", "Print the page's address and open no browser.");
    private static readonly Option<double?> Port = Options.Port("The port of the page.");

    public static Command Create() => Options.Verb(
        new("watch", "Shows a notebook in the browser; at each save the cells from the first changed one on run.")
        {
            Notebook, NoBrowser, Port,
        },
        WatchAsync);

    private static async Task<int> WatchAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var path = line.GetRequiredValue(Notebook);
        var files = NotebookFiles.Resolve([path]);
        if (files is not [var file]) throw new InputException($"{path} holds {files.Count} notebooks. Name one of them.");
        var root = Repository.Find()?.Root;
        var report = new RunReport(RunConsole.OfProgram());
        await using var runner = new NotebookRunner(file, RunCommand.DefaultTimeout, root, report);
        using var server = new PageServer(file.Name, (int?)line.GetValue(Port));
        report.Note($"{file.DisplayPath} is shown at {server.Address} and run at each save. Ctrl-C ends it.");
        if (!line.GetValue(NoBrowser)) _ = Browser.OpenAsync(server.Address, report.Note);
        await new NotebookWatch(file, runner, report, server, root).RunAsync(cancellationToken);
        return ExitCode.Ok;
    }
}
