using Workshop.Lessons;

namespace Notebooks.Tests;

/// <summary>Holds code that a lesson's text quotes against the file that it quotes.</summary>
public class QuoteTests
{
    [Fact]
    public void Processes_quotes_its_worker_program_as_it_is()
    {
        var program = File.ReadAllText(Path.Combine(Lessons.Folder, "..", "lib", "PrimeWorker", "Program.cs")).ReplaceLineEndings("\n");
        var lesson = NotebookDocument.Load(Lessons.Named("04-processes").Path).Cells.Single(cell => cell.Id == "by-hand").Source;

        var quoted = lesson.Split("```csharp\n")[1].Split("\n```")[0];

        quoted.Should().StartWith("while (Console.ReadLine()");
        program.TrimEnd().Should().EndWith(quoted);
    }
}
