using System.IO.Compression;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookHost.Tests;

public sealed class ReferenceTests : NotebookTest
{
    [Fact]
    public async Task A_library_is_found_from_the_working_directory_with_what_lies_beside_it()
    {
        MakeLibraries("lib");

        (await ValueAsync("#r \"lib/Upper.dll\"\nUpper.Answer()")).Should().Be("42");
        (await ValueAsync("#r \"lib/Upper.dll\"\nUpper.Make().Value")).Should().Be("42", "the same reference twice is fine");
        (await ValueAsync("typeof(Upper).Assembly.Location")).Should().Be(Path.Combine(Folder, "lib", "Upper.dll"));
    }

    [Fact]
    public async Task A_type_of_a_library_stays_the_same_when_a_later_cell_needs_more_of_the_framework()
    {
        // Libraries of the tests; both refer to parts of the framework that no cell sees from the start.
        static string Directive(string name) => $"#r \"{Path.Combine(AppContext.BaseDirectory, name + ".dll")}\"\n";
        await ValueAsync(
            $"{Directive("OutOfProcess")}{Directive("CliWrap")}OutOfProcess.ProcessPool pool = null;\nCliWrap.Command command = null;\n1");

        var later = await ValueAsync(
            "System.Data.DataTable t = null; OutOfProcess.ProcessPool a = pool; CliWrap.Command b = command; (t, a, b) is (null, "
                + "null, null)");

        later.Should().Be("True");
    }

    [Fact]
    public async Task A_missing_library_is_reported_with_the_path_tried_and_a_remedy()
    {
        var error = await ErrorAsync("\n#r \"lib/None.dll\"\n1");

        error.Line.Should().Be(2);
        error.Message.Should().Contain(Path.Combine(Folder, "lib", "None.dll")).And.Contain("build first: dotnet build");
    }

    [Fact]
    public async Task A_file_that_is_no_assembly_is_reported()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "text.dll"), "text");

        (await ErrorAsync("#r \"text.dll\"")).Message.Should().Contain("is not a .NET assembly");
    }

    [Fact]
    public async Task A_script_is_loaded_relative_to_the_folder_and_its_errors_name_it()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "good.csx"), "int Loaded() => 3;");
        await File.WriteAllTextAsync(Path.Combine(Folder, "bad.csx"), "int x = nothing;");

        (await ValueAsync("#load \"good.csx\"\nLoaded()")).Should().Be("3");
        (await ErrorAsync("#load \"bad.csx\"")).Traceback[0].Should().StartWith("bad.csx, line 1, column 9: error CS0103");
    }

    [Fact]
    public async Task A_package_is_restored_with_its_dependencies_and_leaves_nothing_in_the_folder()
    {
        MakeLibraries("made");
        MakePackage("Upper", "1.2.3", "<dependency id=\"Lower\" version=\"1.0.0\" />");
        MakePackage("Lower", "1.0.0", "");
        UseOnlySource("feed");

        (await ValueAsync("#r \"nuget: Upper, 1.2.3\"\nUpper.Answer()")).Should().Be("42");

        Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName)
            .Should().BeEquivalentTo("made", "feed", "packages", "nuget.config");
    }

    [Fact]
    public async Task A_package_that_cannot_be_had_is_an_error_of_its_own_kind()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "feed"));
        UseOnlySource("feed");

        var error = await ErrorAsync("\n#r \"nuget: No.Such.Package, 1.0.0\"\n1");

        error.Name.Should().Be(CellError.PackageNotAvailable);
        error.Line.Should().Be(2);
        error.Message.Should().Contain("'No.Such.Package, 1.0.0'").And.Contain("NU1101");
    }

    [Fact]
    public async Task The_version_that_a_cell_asks_for_is_the_one_it_gets_or_it_is_told()
    {
        MakeLibraries("made");
        MakePackage("Lower", "2.0.0", "");
        UseOnlySource("feed");

        var error = await ErrorAsync("#r \"nuget: Lower, 1.0.0\"\n1");

        error.Name.Should().Be(CellError.PackageNotAvailable);
        error.Message.Should().Contain("'Lower, 1.0.0'").And.Contain("NU1102").And.Contain("the nearest is 2.0.0");
        (await ValueAsync("#r \"nuget: Lower, 2.0.0\"\nnew Lower().Value")).Should().Be("42");
    }

    [Fact]
    public async Task A_later_cell_cannot_change_the_version_of_what_is_loaded()
    {
        MakeLibraries("made");
        MakePackage("Lower", "1.0.0", "");
        MakePackage("Lower", "2.0.0", "");
        MakePackage("Upper", "1.0.0", "<dependency id=\"Lower\" version=\"2.0.0\" />");
        UseOnlySource("feed");

        await ValueAsync("#r \"nuget: Lower, 1.0.0\"\nnew Lower().Value");
        var error = await ErrorAsync("#r \"nuget: Upper, 1.0.0\"\nUpper.Answer()");

        error.Name.Should().Be(CellError.PackageNotAvailable);
    }

    [Fact]
    public async Task A_later_cell_gets_the_version_that_is_loaded_or_is_told()
    {
        MakeLibraries("made");
        MakePackage("Lower", "1.0.0", "");
        MakePackage("Lower", "2.0.0", "");
        UseOnlySource("feed");

        await ValueAsync("#r \"nuget: Lower, 1.0.0\"\nnew Lower().Value");
        var error = await ErrorAsync("#r \"nuget: lower, 2.0.0\"\n1");

        error.Name.Should().Be(CellError.PackageNotAvailable);
        error.Message.Should().Contain("'lower, 2.0.0'").And.Contain("the notebook has version 1.0.0");
        (await ValueAsync("#r \"nuget: Lower, 1.0\"\n#r \"nuget: Lower\"\nnew Lower().Value")).Should().Be("42");
    }

    [Fact]
    public async Task A_package_may_extend_the_kernel_with_formatters()
    {
        MakeLibraries("made");
        var extension = "public class Extension : Microsoft.DotNet.Interactive.IKernelExtension " +
            "{ public System.Threading.Tasks.Task OnLoadAsync(object kernel) " +
            "{ System.Console.WriteLine(\"extension loaded\"); return System.Threading.Tasks.Task.CompletedTask; } } " +
            "namespace Microsoft.DotNet.Interactive " +
            "{ public interface IKernelExtension { System.Threading.Tasks.Task OnLoadAsync(object kernel); } }";
        Compile("Lower", extension, Path.Combine(Folder, "made", "Lower.dll"), Framework("System.Console"), Framework("System.Runtime"));
        MakePackage("Lower", "1.0.0", "", "interactive-extensions/dotnet");
        UseOnlySource("feed");

        var result = await RunAsync("#r \"nuget: Lower, 1.0.0\"");

        TextOf(result).Should().Be("extension loaded\n");
    }

    private static PortableExecutableReference Framework(string name) =>
        MetadataReference.CreateFromFile(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll"));

    private void MakeLibraries(string folder)
    {
        var target = Directory.CreateDirectory(Path.Combine(Folder, folder)).FullName;
        var lower = Compile("Lower", "public class Lower { public int Value => 42; }", Path.Combine(target, "Lower.dll"));
        const string Upper = "public class Upper { public static Lower Make() => new(); public static int Answer() => Make().Value; }";
        Compile("Upper", Upper, Path.Combine(target, "Upper.dll"), lower);
    }

    private static PortableExecutableReference Compile(string name, string code, string path, params MetadataReference[] references)
    {
        var result = CSharpCompilation.Create(
                name,
                [CSharpSyntaxTree.ParseText(code)],
                [.. references, MetadataReference.CreateFromFile(typeof(object).Assembly.Location)],
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .Emit(path);
        result.Success.Should().BeTrue();
        return MetadataReference.CreateFromFile(path);
    }

    private void MakePackage(string name, string version, string dependencies, string place = "lib/net10.0")
    {
        var feed = Directory.CreateDirectory(Path.Combine(Folder, "feed")).FullName;
        using var package = ZipFile.Open(Path.Combine(feed, $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
        using (var nuspec = new StreamWriter(package.CreateEntry($"{name}.nuspec").Open()))
        {
            nuspec.Write(
                $"""
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd"><metadata>
                <id>{name}</id><version>{version}</version><authors>tests</authors><description>A test's.</description>
                <dependencies><group targetFramework="net10.0">{dependencies}</group></dependencies>
                </metadata></package>
                """);
        }

        package.CreateEntryFromFile(Path.Combine(Folder, "made", name + ".dll"), $"{place}/{name}.dll");
    }

    /// <summary>A folder as the only source, and a package folder of the test's own: no network, nothing left behind.</summary>
    private void UseOnlySource(string source) => File.WriteAllText(
        Path.Combine(Folder, "nuget.config"),
        $"""
        <configuration>
          <config><add key="globalPackagesFolder" value="packages" /></config>
          <packageSources><clear /><add key="only" value="{source}" /></packageSources>
        </configuration>
        """);
}
