using System.Text.RegularExpressions;
using Workshop.Checking;
using Workshop.Lessons;

namespace Notebooks.Tests;

/// <summary>Holds each notebook against what all of them promise, without running it.</summary>
public class LessonTests
{
    public static TheoryData<string> Names => [.. Lessons.All.Select(file => file.Name)];

    // From 90 on they are appendices.
    [Fact]
    public void The_lessons_are_numbered_without_a_gap()
    {
        var numbers = Lessons.English.Select(file => file.Name[..2]).Where(number => string.CompareOrdinal(number, "90") < 0).ToList();

        numbers.Should().HaveCountGreaterThanOrEqualTo(11).And.Equal(Enumerable.Range(1, numbers.Count).Select(number => $"{number:00}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_valid_keeps_to_the_contract_and_its_outputs_belong_to_its_code(string name)
    {
        var findings = NotebookCheck.Check(Lessons.Named(name));

        findings.Where(finding => !finding.IsWarning || finding.Rule == "stale").Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_has_all_that_a_lesson_has(string name)
    {
        var cells = NotebookDocument.Load(Lessons.Named(name).Path).Cells;
        var text = string.Join("\n\n", cells.Where(cell => cell.IsMarkdown).Select(cell => cell.Source));
        var isLast = name == Lessons.All[^1].Name;

        text.Should().StartWith("# ").And.MatchRegex(@"(?i)you will learn|goals|you can").And.MatchRegex(@"(?i)predict|guess");
        text.Should().MatchRegex(@"\| *In Python *\| *In C# *\|");
        Regex.Count(text, @"(?m)^(?:#+ *Exercise \d|\*\*(?:Exercise )?\d)").Should().BeGreaterThanOrEqualTo(2);
        if (!isLast) text.Should().MatchRegex(@"\]\(\d\d-[^)]*\.ipynb\)");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_solutions_check_themselves(string name)
    {
        var solutions = NotebookDocument.Load(Lessons.Named(name).Path).Cells.Where(cell => cell.IsCode && cell.IsSolution).ToList();

        solutions.Should().HaveCountGreaterThanOrEqualTo(2);
        solutions.Should().OnlyContain(cell => cell.Source.Contains("Claims.") || cell.Source.Contains(".Claim")
            || cell.Source.Contains("Exercise.CheckAsync("));
    }

    [Theory]
    [InlineData("crash", "Crash.cs")]
    [InlineData("flag", "StopFlag.cs")]
    public void What_goes_wrong_quotes_the_library_as_it_is(string cell, string file)
    {
        var library = File.ReadAllText(Path.Combine(Lessons.Folder, "..", "lib", "ConcurrencyNotebooks", "Workloads", file));
        var lesson = NotebookDocument.Load(Lessons.Named("11-what-goes-wrong").Path).Cells.Single(one => one.Id == cell).Source;

        var quoted = lesson.Split("```")[1].Split('\n').Skip(1).Select(line => line.Split("//")[0].Trim())
            .Where(line => line.Length > 0).ToList();

        quoted.Should().NotBeEmpty().And.OnlyContain(line => library.Contains(line));
    }
}
