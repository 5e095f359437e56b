using Workshop.Handouts;

namespace Workshop.Commands;

/// <summary><c>slides</c>: writes one deck of slides from the notebooks and their saved outputs, without running anything.</summary>
internal static class SlidesCommand
{
    private static readonly Option<string?> Output =
        Options.Path("--output", "file", "The file for the slides instead of handouts/slides.html in the repository.");

    public static Command Create() => Options.Verb(
        new("slides", "Writes slides, one HTML file, from the notebooks' headings, predictions and saved pictures.")
        {
            Options.Notebooks, Output,
        },
        (line, _) => Task.FromResult(Write(NotebookFiles.Resolve(line.GetRequiredValue(Options.Notebooks)), line.GetValue(Output))));

    private static int Write(IReadOnlyList<NotebookFile> files, string? output)
    {
        var path = Path.GetFullPath(output ?? Path.Combine(Repository.Require().Handouts, "slides.html"));
        if (Directory.Exists(path)) throw new InputException($"--output takes a file; {output} is a folder.");
        var content = Encoding.UTF8.GetBytes(SlideDeck.ToHtml(files));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, content);
        Console.WriteLine($"Slides: {path}");
        return ExitCode.Ok;
    }
}
