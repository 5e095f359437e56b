using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;

namespace Notebooks.Tests;

/// <summary>Holds the code of <c>notebooks/CHEATSHEET.md</c> against the compiler of its language.</summary>
public partial class CheatSheetTests
{
    // What the pieces take for granted.
    private const string Given = """
        void Work() { }
        int Compute(int number) => number;
        int Square(int number) => number * number;
        string BlockingCall() => "";
        Task<string> FetchAsync(string url, CancellationToken cancellation = default) => Task.FromResult(url);
        static class Workload { public static int Sum(int number) => number; }
        var (total, number, page, url, urls, numbers, fetches) = (0, 1, "", "", new[] { "" }, new[] { 1 }, new[] { Task.FromResult("") });

        """;

    private static readonly string Sheet = File.ReadAllText(Path.Combine(Lessons.Folder, "CHEATSHEET.md")).ReplaceLineEndings("\n");

    public static TheoryData<string, string> Pieces(string language)
    {
        var pieces = new TheoryData<string, string>();
        foreach (var section in Sheet.Split("\n## ")[1..].Where(section => section.Contains("```")))
            pieces.Add(section.Split('\n')[0], Code(section, language));
        return pieces;
    }

    [Fact]
    public void Every_move_is_shown_in_both_languages()
    {
        Pieces("csharp").Should().HaveCountGreaterThanOrEqualTo(10);
        foreach (var section in Sheet.Split("\n## ")[1..].Where(section => section.Contains("```")))
        {
            section.IndexOf("```python", StringComparison.Ordinal).Should().BeInRange(0, section.IndexOf("```csharp", StringComparison.Ordinal));
            Block().Count(section).Should().Be(2, section);
        }
    }

    [Theory]
    [MemberData(nameof(Pieces), "csharp")]
    public void Its_CSharp_compiles_as_a_cell(string move, string code)
    {
        // A name that a piece declares is not given to it.
        var given = Regex.Replace(Given, @"var \(([^)]+)\) = \((.+)\);", match =>
        {
            var (names, values) = (match.Groups[1].Value.Split(", "), Regex.Split(match.Groups[2].Value, ", (?![^{]*})"));
            return string.Join('\n', names.Zip(values).Where(pair => !code.Contains($"var {pair.First} =", StringComparison.Ordinal))
                .Select(pair => $"var {pair.First} = {pair.Second};"));
        });

        var problems = CSharpScript.Create(given + "async Task MoveAsync() {\n" + code + "\n}", ExampleTests.Cell
            .AddImports("System.Threading.Channels")).Compile();

        problems.Where(problem => problem.Severity == DiagnosticSeverity.Error).Should().BeEmpty(move);
    }

    [Theory]
    [MemberData(nameof(Pieces), "python")]
    public async Task Its_Python_parses(string move, string code)
    {
        var indented = string.Join('\n', code.Split('\n').Select(line => "    " + line));
        var start = new ProcessStartInfo("python3", ["-c", "import ast, sys; ast.parse(sys.stdin.read())"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        using var python = TryStart(start);
        Assert.SkipWhen(python is null && Environment.GetEnvironmentVariable("CI") != "true", "There is no python3 here.");

        await python!.StandardInput.WriteAsync($"async def move():\n{indented}\n");
        python.StandardInput.Close();
        var errors = await python.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await python.WaitForExitAsync(TestContext.Current.CancellationToken);

        python.ExitCode.Should().Be(0, $"{move}: {errors}");
    }

    private static Process? TryStart(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // There is no such program.
        }
    }

    private static string Code(string section, string language) =>
        Block().Matches(section).Single(block => block.Groups[1].Value == language).Groups[2].Value;

    [GeneratedRegex(@"```(\w+)\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
