using System.CommandLine;
using Workshop.Handouts;
using Workshop.Running;

namespace Workshop.Commands;

/// <summary><c>handouts</c>: writes the pages from the outputs saved in the notebooks, without running anything.</summary>
internal static class HandoutsCommand
{
    public static void AddTo(RootCommand root)
    {
        var paths = WorkshopProgram.NotebooksArgument();
        var folder = WorkshopProgram.FolderOption("--output", "The folder for the pages instead of handouts/ in the repository.");
        var verb = new Command("handouts", "Writes handouts from the outputs saved in the notebooks, without running them.")
        {
            paths, folder,
        };
        verb.SetAction(result => Write(result.GetValue(paths) ?? [], result.GetValue(folder)));
        root.Subcommands.Add(verb);
    }

    private static int Write(string[] paths, string? folder)
    {
        var files = NotebookFiles.Resolve(paths);
        var repository = folder is null ? Repository.Require() : Repository.Find();
        var pages = folder is null ? NotebookFiles.Lessons(repository!.Notebooks) : files;
        var writer = new HandoutWriter(Path.GetFullPath(folder ?? repository!.Handouts), pages, repository?.Root);
        if (files.FirstOrDefault(file => !writer.HasPage(file)) is { } stranger)
        {
            throw new InputException(
                $"{stranger.DisplayPath} is not a lesson of the repository. Choose a folder for its handout with --output.");
        }

        var unread = 0;
        foreach (var file in files)
        {
            try
            {
                foreach (var problem in writer.WriteSaved(file)) RunConsole.Complain($"{file.DisplayPath}: {problem}.");
            }
            catch (Exception exception) when (InputException.Explains(exception))
            {
                RunConsole.Complain(exception.Message);
                unread++;
            }
        }

        if (unread < files.Count)
        {
            writer.WriteIndex();
            Console.WriteLine($"Handouts: {writer.IndexPath}");
        }

        return unread == 0 ? ExitCode.Ok : ExitCode.Usage;
    }
}
