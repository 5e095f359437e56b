using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Workshop.Lessons;

namespace Notebooks.Tests;

/// <summary>Holds the exercises of the notebooks and the programs in <c>notebooks/exercises</c> against each other.</summary>
public sealed partial class ExerciseTests
{
    private static readonly string Folder = Path.Combine(Lessons.Folder, "exercises");

    public static TheoryData<string> Names => [.. Lessons.English.Select(file => file.Name)
        .Where(name => name[0] != '9')];

    public static TheoryData<string> Ids => [.. Directory.GetFiles(Folder, "*.cs").Select(file => Path.GetFileNameWithoutExtension(file)!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_exercise_has_a_question_a_stub_and_below_all_of_them_a_solution(string name)
    {
        var cells = NotebookDocument.Load(Lessons.Named(name).Path).Cells.ToList();
        var stubs = cells.Where(cell => cell.HasTag("exercise")).ToList();
        var solutions = cells.Where(cell => cell.IsCode && cell.IsSolution).ToList();
        var heading = cells.FindIndex(cell => cell.IsMarkdown && cell.Source.StartsWith("## Solutions", StringComparison.Ordinal));

        stubs.Select(Checked).Should().Equal(Enumerable.Range(1, stubs.Count).Select(number => $"{name[..2]}-{number}"))
            .And.HaveCountGreaterThanOrEqualTo(2);
        stubs.Should().OnlyContain(stub => Regex.IsMatch(cells[cells.IndexOf(stub) - 1].Source, @"(?m)^\*\*\d\.\*\* "));
        cells.Skip(heading + 1).Should().Equal(solutions, "all that follows the heading is solutions");
        solutions.Select(Checked).Should().Equal(stubs.Select(Checked));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_stub_is_a_program_too_in_the_same_words(string name)
    {
        foreach (var stub in NotebookDocument.Load(Lessons.Named(name).Path).Cells.Where(cell => cell.HasTag("exercise")))
        {
            var lines = stub.Source.TrimEnd().Split('\n');
            var program = $"\n\n{string.Join('\n', lines[..^1])}\nreturn ({lines[^1]}).Report();\n";

            File.ReadAllText(Path.Combine(Folder, Checked(stub) + ".cs")).Should()
                .StartWith($"// Exercise {Checked(stub)}, of notebooks/{name}.ipynb. ").And.EndWith(program);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_program_compiles_without_a_warning(string id)
    {
        // The usings that the SDK adds, and without the line that names the project, which is no C#.
        string[] usual = ["", ".Collections.Generic", ".IO", ".Linq", ".Net.Http", ".Threading", ".Threading.Tasks"];
        var usings = string.Concat(usual.Select(space => $"global using System{space};"));
        var program = Regex.Replace(File.ReadAllText(Path.Combine(Folder, id + ".cs")), "(?m)^#:project .*$", "");
        var references = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!.ToString()!.Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));

        var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable);
        var found = CSharpCompilation.Create(
            id, new[] { usings, program }.Select(text => CSharpSyntaxTree.ParseText(text)), references, options).GetDiagnostics();

        found.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Should().BeEmpty();
    }

    [Fact]
    public async Task A_stub_as_a_program_says_that_it_is_not_solved_yet_and_fails()
    {
        var (exitCode, output) = await RunAsync(Path.Combine(Folder, "01-1.cs"));

        output.Should().EndWith("… Exercise 01-1: not solved yet.");
        exitCode.Should().Be(1);
    }

    [Fact]
    public async Task A_solution_as_a_program_says_so_and_succeeds()
    {
        var solution = NotebookDocument.Load(Lessons.English.Single(file => file.Name[..2] == "08").Path).Cells
            .Single(cell => cell.HasTag("solution") && Checked(cell) == "08-2").Source.TrimEnd().Split('\n');
        var stub = await File.ReadAllTextAsync(Path.Combine(Folder, "08-2.cs"));
        var folder = Directory.CreateDirectory(Path.Combine(Folder, "obj", "solved")); // ignored by git, and below the folder's properties
        var program = Path.Combine(folder.FullName, "08-2.cs");
        await File.WriteAllTextAsync(program, stub[..stub.IndexOf("\n\n", StringComparison.Ordinal)].Replace("../../lib", "../../../../lib")
            + $"\n\n{string.Join('\n', solution[..^1])}\nreturn ({solution[^1]}).Report();\n");

        var (exitCode, output) = await RunAsync(program);

        output.Should().EndWith("✔ Exercise 08-2: In a process pool a crash costs one photograph");
        exitCode.Should().Be(0);
    }

    private static string Checked(NotebookCell cell) => CheckedId().Match(cell.Source.TrimEnd().Split('\n')[^1]).Groups[1].Value;

    private static async Task<(int ExitCode, string Output)> RunAsync(string program)
    {
        var start = new ProcessStartInfo("dotnet", ["run", program])
        {
            WorkingDirectory = Path.GetTempPath(), // any
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false", ["DOTNET_NOLOGO"] = "1" },
        };
        // What `dotnet test` sets for its own build.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await using var kill = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output.TrimEnd() + await error);
    }

    [GeneratedRegex("""^await Exercise\.CheckAsync\("(\d\d-\d)", \w+\)$""")]
    private static partial Regex CheckedId();
}
