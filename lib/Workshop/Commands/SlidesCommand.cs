using Workshop.Handouts;

namespace Workshop.Commands;

/// <summary><c>slides</c>: writes one deck of slides from the notebooks and their saved outputs, without running anything.</summary>
internal static class SlidesCommand
{
    public static void AddTo(RootCommand root)
    {
        var paths = WorkshopProgram.NotebooksArgument();
        var output = new Option<string?>("--output")
        {
            Description = "The file for the slides instead of handouts/slides.html in the repository.",
            HelpName = "file",
        };
        var verb = new Command("slides", "Writes slides, one HTML file, from the notebooks' headings, predictions and saved pictures.")
        {
            paths, output,
        };
        verb.SetAction(result => Write(result.GetValue(paths) ?? [], result.GetValue(output)));
        root.Subcommands.Add(verb);
    }

    private static int Write(string[] paths, string? output)
    {
        var files = NotebookFiles.Resolve(paths);
        var path = Path.GetFullPath(output ?? Path.Combine(Repository.Require().Handouts, "slides.html"));
        if (Directory.Exists(path)) throw new InputException($"--output takes a file; {output} is a folder.");
        var content = Encoding.UTF8.GetBytes(SlideDeck.ToHtml(files));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, content);
        Console.WriteLine($"Slides: {path}");
        return ExitCode.Ok;
    }
}
