using System.Text.RegularExpressions;

namespace ConcurrencyNotebooks.Tests;

/// <summary>Holds the arrows between the folders of the projects, which the compiler does not see.</summary>
public sealed partial class ArchitectureTests
{
    // From the ground floor up: a folder knows those above it in this list and none below it.
    private static readonly string[] Floors =
    [
        "Model", "Outputs", "Charts", "Claims", "Measuring", "InterpreterLock", "EventLoop", "Threads", "Workloads", "Choosing",
        "Programs", "Python", "Loopback", "Exercises",
    ];

    // The same for the program of the workshop, whose folders are namespaces; those on one floor do not know each other.
    private static readonly string[][] ProgramFloors =
    [
        ["Lessons", "Isolation"], ["Running", "Checking", "Handouts", "Jupyter"], ["Doctor", "Editions", "Planning", "Watching"],
        ["Commands"],
    ];

    private static readonly string Library = RepositoryFile.Find("lib/ConcurrencyNotebooks");

    [Fact]
    public void No_folder_of_the_helper_names_a_type_of_a_folder_above_it()
    {
        var files = Floors.SelectMany(floor => Sources(Path.Combine(Library, floor)))
            .Select(file => (Floor: Array.IndexOf(Floors, Path.GetFileName(Path.GetDirectoryName(file))), Path: file)).ToList();
        var owners = files
            .SelectMany(file => Declaration().Matches(Code(file.Path)).Select(match => (Type: match.Groups[1].Value, file.Floor)))
            .Distinct().ToLookup(owner => owner.Type, owner => owner.Floor);

        var upwards = from file in files
                      from name in Name().Matches(Code(file.Path)).Select(match => match.Value).Distinct()
                      where owners.Contains(name) && owners[name].Min() > file.Floor
                      select $"{Path.GetRelativePath(Library, file.Path)} names {name} of {Floors[owners[name].Min()]}/";

        Directory.GetDirectories(Library).Select(Path.GetFileName).Except(["bin", "obj"]).Should().BeEquivalentTo(Floors);
        owners.Count.Should().BeGreaterThan(60);
        upwards.Should().BeEmpty();
    }

    [Fact]
    public void No_folder_of_the_program_uses_one_beside_or_above_it()
    {
        var program = RepositoryFile.Find("lib/Workshop");
        var folders = ProgramFloors.SelectMany(floor => floor).ToList();

        var upwards = from file in folders.SelectMany(folder => Sources(Path.Combine(program, folder)))
                      let own = Path.GetFileName(Path.GetDirectoryName(file)!)
                      from used in folders
                      where used != own && Floor(used) >= Floor(own)
                      where Regex.IsMatch(Code(file), $@"(?<![.\w])(?:Workshop\.)?{used}[.;]")
                      select $"{Path.GetRelativePath(program, file)} uses {used}/";

        Directory.GetDirectories(program).Select(Path.GetFileName).Except(["bin", "obj"]).Should().BeEquivalentTo(folders);
        upwards.Should().BeEmpty();

        static int Floor(string folder) => Array.FindIndex(ProgramFloors, floor => floor.Contains(folder));
    }

    [Fact]
    public void The_process_pool_does_not_know_the_helper() =>
        Sources(RepositoryFile.Find("lib/OutOfProcess"))
            .Where(file => File.ReadAllText(file).Contains("ConcurrencyNotebooks", StringComparison.Ordinal))
            .Should().BeEmpty();

    [Fact]
    public void What_a_notebook_loads_or_starts_is_built_with_the_program()
    {
        var built = new HashSet<string> { "Workshop" };
        for (var wanted = built.ToList(); wanted.Count > 0; built.UnionWith(wanted))
        {
            wanted = [.. wanted.SelectMany(name => ProjectReference().Matches(
                    File.ReadAllText(RepositoryFile.Find($"lib/{name}/{name}.csproj"))).Select(match => match.Groups[1].Value))
                .Except(built)];
        }

        var used = Directory.GetFiles(RepositoryFile.Find("notebooks"), "*.ipynb").Select(File.ReadAllText)
            .SelectMany(notebook => BuiltLibrary().Matches(notebook).Select(match => match.Groups[1].Value)).Distinct().ToList();

        used.Should().Contain("ConcurrencyNotebooks");
        used.Where(name => Directory.Exists(Path.Combine(RepositoryFile.Find("lib"), name))).Except(built).Should().BeEmpty();
    }

    /// <summary>Lines that are neither blank nor comments; documentation is not what makes code long to read.</summary>
    [Theory]
    [InlineData("lib", 14_000)]
    [InlineData("lib/ConcurrencyNotebooks", 5_000)]
    [InlineData("lib/NotebookHost", 2_000)]
    public void The_code_keeps_within_its_budget_of_lines(string folder, int mostLines)
    {
        var lines = Sources(RepositoryFile.Find(folder)).SelectMany(File.ReadLines).Select(line => line.Trim())
            .Count(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal));

        lines.Should().BeInRange(1_000, mostLines);
    }

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"));

    /// <summary>A file without its comments and its text on one line; what is inserted into a text goes with it.</summary>
    private static string Code(string file) => TextAndComments().Replace(File.ReadAllText(file), "");

    [GeneratedRegex(@"//.*|""[^""\n]*""")]
    private static partial Regex TextAndComments();

    [GeneratedRegex(@"^(?:public|internal) .*?\b(?:class|record|record struct|struct|interface|enum) ([A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"<ProjectReference Include=""\.\./([\w.]+)/")]
    private static partial Regex ProjectReference();

    [GeneratedRegex(@"\.\./lib/bin/(?:\w+/)?([\w.]+)\.dll")]
    private static partial Regex BuiltLibrary();

    [GeneratedRegex(@"\b[A-Z]\w*")]
    private static partial Regex Name();
}
