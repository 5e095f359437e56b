using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ConcurrencyNotebooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using Workshop.Lessons;

namespace Notebooks.Tests;

/// <summary>Holds the documentation of the helper against what a reader does with it: copy an example into a cell.</summary>
public class ExampleTests
{
    private static readonly Assembly Helper = typeof(Machine).Assembly;

    private static readonly XDocument Documentation = XDocument.Load(Path.ChangeExtension(Helper.Location, ".xml"));

    // The usings of every host, and those of the lessons' first cells.
    internal static readonly ScriptOptions Cell = ScriptOptions.Default
        .WithReferences(AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!.ToString()!.Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)))
        .WithImports("System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks",
            "ConcurrencyNotebooks", "OutOfProcess", "ConcurrencyNotebooks.ConcurrencyModel");

    public static TheoryData<string> Documented => [.. Documentation.Descendants("member")
        .Where(member => member.Elements("example").Any()).Select(member => member.Attribute("name")!.Value)];

    [Theory]
    [MemberData(nameof(Documented))]
    public void Every_example_compiles_as_a_cell(string member)
    {
        foreach (var code in Member(member)!.Elements("example").Elements("code"))
            CSharpScript.Create(code.Value, Cell).Compile().Where(found => found.Severity == DiagnosticSeverity.Error).Should().BeEmpty();
    }

    [Fact]
    public void Every_type_that_a_lesson_uses_has_an_example()
    {
        var code = string.Join('\n', Lessons.English.SelectMany(file => NotebookDocument.Load(file.Path).Cells)
            .Where(cell => !cell.IsMarkdown).Select(cell => cell.Source));

        Helper.ExportedTypes.Where(type => Regex.IsMatch(code, $@"\b{type.Name}\b"))
            .Where(type => Member($"T:{type.FullName}")?.Element("example") is null)
            .Select(type => type.Name).Should().BeEmpty();
    }

    private static XElement? Member(string name) =>
        Documentation.Descendants("member").SingleOrDefault(member => member.Attribute("name")!.Value == name);
}
