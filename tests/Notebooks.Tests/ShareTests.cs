using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workshop.Lessons;

namespace Notebooks.Tests;

/// <summary>
/// Counts how much of a lesson's code is the lesson: at least half of its lines, exercises and solutions excluded.
/// </summary>
/// <remarks>
/// A line belongs to the innermost statement in which its first word stands; a lambda's body is made of statements of its own. A
/// statement measures, draws or claims if it names one of the types that do so, one of their methods, or a variable that holds one. Blank
/// lines, comments, lines of braces alone, <c>using</c> directives, <c>#r</c> and the machine's name count for neither side.
/// </remarks>
public partial class ShareTests
{
    private const double LeastShare = 0.5;

    private const string Measuring =
        @"Comparison|Timing|Claims?|Chart\w*|Bars|Lines|Timeline|Span|Show|Guess|Calibration|Display|Measure\w*";

    public static TheoryData<string> Names => [.. Lessons.English.Select(file => file.Name).Where(name => name[..2] is var number
        && int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) <= 9)];

    [Theory]
    [MemberData(nameof(Names))]
    public void At_least_half_of_a_lessons_code_is_the_lesson(string name)
    {
        var (lesson, measuring) = Count(Cells(Lessons.Named(name)));

        ((double)lesson / (lesson + measuring)).Should()
            .BeGreaterThanOrEqualTo(LeastShare, $"{lesson} lines of {name} are the lesson's, and {measuring} measure, draw or claim");
    }

    [Theory]
    [InlineData("var thread = new Thread(Work);\n\nthread.Start(); // a comment\n// another one\n", 2, 0)]
    [InlineData("using System.Threading;\n#r \"a.dll\"\nMachine.Description", 0, 0)]
    [InlineData("Claims.All(\n    Claims.Holds(\"true\", true),\n    Claims.Holds(\"too\", true))", 0, 3)]
    [InlineData("var sums = new Comparison(\"sums\");\nawait sums.RunAsync();\nwait();", 1, 2)] // by the name of the variable
    [InlineData("void Work()\n{\n    Thread.Sleep(1);\n    using (Claims.Span())\n        Thread.Sleep(2);\n}", 3, 1)]
    [InlineData("var sums = new Comparison(\"sums\");\nsums.Add(\"one\", () =>\n{\n    Work();\n    Work();\n});", 2, 2)]
    public void Lines_are_counted_by_their_statements(string cell, int lesson, int measuring) =>
        Count([cell]).Should().Be((lesson, measuring));

    private static IEnumerable<string> Cells(NotebookFile file) => NotebookDocument.Load(file.Path).Cells
        .TakeWhile(cell => !cell.IsMarkdown || !ExercisesHeading().IsMatch(cell.Source))
        .Where(cell => !cell.IsMarkdown && !cell.HasTag("solution")).Select(cell => cell.Source);

    private static (int Lesson, int Measuring) Count(IEnumerable<string> cells)
    {
        var (lesson, measuring, words) = (0, 0, Measuring);
        foreach (var cell in cells)
        {
            var tree = CSharpSyntaxTree.ParseText(cell, CSharpParseOptions.Default.WithKind(SourceCodeKind.Script));
            var variables = tree.GetRoot().DescendantNodes().OfType<VariableDeclaratorSyntax>()
                .Where(variable => Regex.IsMatch(variable.Initializer?.Value.ToString() ?? "", @"^new (?:Comparison|Timeline)\b"));
            words = string.Join('|', variables.Select(variable => variable.Identifier.Text).Prepend(words));
            foreach (var statement in Statements(tree))
            {
                if (Regex.IsMatch(Own(statement), $@"\b(?:{words})\b")) measuring++;
                else lesson++;
            }
        }

        return (lesson, measuring);
    }

    /// <summary>The innermost statement, or member, of each line that counts.</summary>
    private static IEnumerable<SyntaxNode> Statements(SyntaxTree tree)
    {
        var root = tree.GetRoot();
        foreach (var line in tree.GetText().Lines)
        {
            var text = line.ToString();
            if (text.Length == 0 || Nothing().IsMatch(text)) continue;
            var first = root.FindToken(line.Start + text.Length - text.TrimStart().Length);
            yield return first.Parent!.AncestorsAndSelf().First(IsStatement);
        }
    }

    private static bool IsStatement(SyntaxNode node) =>
        node is MemberDeclarationSyntax or CompilationUnitSyntax or (StatementSyntax and not BlockSyntax);

    /// <summary>The text of a statement without the statements in it, which speak for themselves.</summary>
    private static string Own(SyntaxNode statement)
    {
        if (statement is GlobalStatementSyntax global) statement = global.Statement;
        var inner = statement.DescendantNodes(node => node == statement || !IsInner(node)).Where(IsInner).ToList();
        return statement.ReplaceNodes(inner, (node, _) => Emptied(node)).ToString();

        static SyntaxNode Emptied(SyntaxNode node) => node is BlockSyntax ? SyntaxFactory.Block() : SyntaxFactory.EmptyStatement();

        bool IsInner(SyntaxNode node) => node != statement && node is StatementSyntax;
    }

    [GeneratedRegex(@"^\s*(?://|#|using [\w.]+;|using static|Machine\.Description|[{}()\[\];,]*\s*$)")]
    private static partial Regex Nothing();

    [GeneratedRegex("(?m)^## Exercises")]
    private static partial Regex ExercisesHeading();
}
