using System.CommandLine;
using Workshop.Handouts;
using Workshop.Lessons;

namespace Workshop.Commands;

/// <summary><c>handouts</c>: writes the pages from the outputs saved in the notebooks, without running anything.</summary>
internal static class HandoutsCommand
{
    /// <summary>Adds the verb to the program.</summary>
    public static void AddTo(RootCommand root)
    {
        var paths = WorkshopProgram.NotebooksArgument();
        var folder = new Option<string?>("--output")
        {
            Description = "The folder for the pages instead of handouts/ in the repository.",
            HelpName = "folder",
        };
        var verb = new Command("handouts", "Writes handouts from the outputs saved in the notebooks, without running them.")
        {
            paths, folder,
        };
        verb.SetAction(
            (result, cancellationToken) => WriteAsync(result.GetValue(paths) ?? [], result.GetValue(folder), cancellationToken));
        root.Subcommands.Add(verb);
    }

    private static async Task<int> WriteAsync(string[] paths, string? folder, CancellationToken cancellationToken)
    {
        var files = NotebookFiles.Resolve(paths);
        var repository = folder is null ? Repository.Require() : Repository.Find();
        var pages = folder is null ? NotebookFiles.Lessons(repository!.Notebooks) : files;
        if (folder is null && files.FirstOrDefault(file => !repository!.HasNotebook(file)) is { } stranger)
        {
            throw new InputException(
                $"{stranger.DisplayPath} is not in the repository's notebooks folder. Choose a folder for its handout with --output.");
        }

        var writer = new HandoutWriter(Path.GetFullPath(folder ?? repository!.Handouts), pages, repository?.Root);
        var code = ExitCode.Ok;
        foreach (var file in files)
        {
            try
            {
                foreach (var picture in await writer.WriteSavedAsync(file, cancellationToken))
                    ProgramConsole.Complain($"{file.DisplayPath} shows the picture {picture}, which is not there.");
            }
            catch (Exception exception) when (InputException.Explains(exception))
            {
                ProgramConsole.Complain(exception.Message);
                code = ExitCode.Usage;
            }
        }

        if (code == ExitCode.Ok) await writer.WriteIndexAsync(cancellationToken);
        Console.WriteLine($"Handouts: {writer.IndexPath}");
        return code;
    }
}
