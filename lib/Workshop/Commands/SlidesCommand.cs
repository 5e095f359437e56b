using Workshop.Handouts;

namespace Workshop.Commands;

/// <summary><c>slides</c>: writes one deck of slides from the notebooks and their saved outputs, without running anything.</summary>
internal static class SlidesCommand
{
    public static Command Create()
    {
        var paths = Options.Notebooks();
        var output = Options.Path("--output", "file", "The file for the slides instead of handouts/slides.html in the repository.");
        const string Description = "Writes slides, one HTML file, from the notebooks' headings, predictions and saved pictures.";
        var verb = new Command("slides", Description) { paths, output };
        verb.SetAction(line =>
        {
            var (files, file) = (NotebookFiles.Resolve(line.GetRequiredValue(paths)), line.GetValue(output));
            var path = Path.GetFullPath(file ?? Path.Combine(Repository.Require().Handouts, "slides.html"));
            if (Directory.Exists(path)) throw new InputException($"--output takes a file; {file} is a folder.");
            var content = Encoding.UTF8.GetBytes(SlideDeck.ToHtml(files));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, content);
            Console.WriteLine($"Slides: {path}");
            return ExitCode.Ok;
        });
        return verb;
    }
}
