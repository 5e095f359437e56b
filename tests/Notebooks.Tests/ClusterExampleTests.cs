using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Notebooks.Tests;

/// <summary>As <see cref="ExampleTests"/>, for the library that lies in a folder of its own and is loaded by no test.</summary>
public class ClusterExampleTests
{
    private static readonly string Folder = Path.Combine(Lessons.Folder, "..", "lib", "bin", "cluster");

    private static readonly MetadataReference[] Libraries =
        [.. Directory.GetFiles(Folder, "Cluster*.dll").Concat(Directory.GetFiles(Folder, "Orleans.*.dll")).Select(Reference)];

    private static readonly List<XElement> Members =
        [.. Directory.GetFiles(Folder, "Cluster*.xml").SelectMany(file => XDocument.Load(file).Descendants("member"))];

    private static readonly ScriptOptions Cell = ScriptOptions.Default
        .WithReferences(AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!.ToString()!.Split(Path.PathSeparator).Select(Reference))
        .AddReferences(Libraries)
        .WithImports("System", "System.Collections.Generic", "System.Linq", "System.Threading.Tasks", "Cluster");

    public static TheoryData<string> Documented => [.. Members.Where(member => member.Elements("example").Any()).Select(Name)];

    [Theory]
    [MemberData(nameof(Documented))]
    public void Every_example_compiles_as_a_cell(string member)
    {
        foreach (var code in Members.Single(candidate => Name(candidate) == member).Elements("example").Elements("code"))
        {
            var cells = CSharpScript.Create("LocalCluster cluster = null;", Cell).ContinueWith(code.Value);

            cells.Compile().Where(found => found.Severity == DiagnosticSeverity.Error).Should().BeEmpty();
        }
    }

    [Fact]
    public void Every_public_type_has_an_example()
    {
        var compilation = CSharpCompilation.Create("types", references: Libraries);
        var types = Libraries.Where(library => Path.GetFileName(library.Display)!.StartsWith("Cluster", StringComparison.Ordinal))
            .Select(compilation.GetAssemblyOrModuleSymbol).Cast<IAssemblySymbol>()
            .SelectMany(assembly => assembly.GlobalNamespace.GetNamespaceMembers()
                .Single(space => space.Name == "Cluster").GetTypeMembers())
            .Where(type => type.DeclaredAccessibility == Accessibility.Public).ToList();

        types.Should().Contain(type => type.Name == "LocalCluster").And.Contain(type => type.Name == "ClusterLibraries");
        types.Select(type => type.GetDocumentationCommentId())
            .Except(Members.Where(member => member.Element("example") is not null).Select(Name)).Should().BeEmpty();
    }

    private static MetadataReference Reference(string path) => MetadataReference.CreateFromFile(path);

    private static string Name(XElement member) => member.Attribute("name")!.Value;
}
