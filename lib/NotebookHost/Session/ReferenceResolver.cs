using System.Collections.Immutable;
using System.Reflection.Metadata;

namespace NotebookHost;

/// <summary>
/// Answers the compiler's questions about <c>#r</c>: which file a path means, and where a dependency of a referenced
/// library is. It remembers what it cannot answer, because the compiler's own message names neither the folder tried nor
/// a remedy.
/// </summary>
internal sealed class ReferenceResolver(string workingDirectory, LibraryLoadContext libraries) : MetadataReferenceResolver
{
    public static readonly string Framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    private static readonly string NetStandard = Path.Combine(Framework, "netstandard.dll");

    // Every reference costs each cell its time. What is missing here is added with the first cell that needs it.
    private static readonly string[] UsualNames =
    [
        "System.Collections", "System.Collections.Concurrent", "System.Collections.Immutable", "System.Console",
        "System.Diagnostics.Process", "System.Linq", "System.Linq.Parallel", "System.Memory", "System.Net.Http", "System.ObjectModel",
        "System.Runtime", "System.Runtime.InteropServices", "System.Runtime.Numerics", "System.Text.RegularExpressions",
        "System.Threading", "System.Threading.Channels", "System.Threading.Tasks.Parallel",
    ];

    private readonly Dictionary<string, PortableExecutableReference?> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _failures = new(StringComparer.Ordinal);

    /// <summary>What notebooks on concurrency use; the compiler adds what these refer to, and the core library.</summary>
    public IEnumerable<MetadataReference> UsualFramework() =>
        UsualNames.Select(name => Open(Path.Combine(Framework, name + ".dll"))).OfType<MetadataReference>();

    /// <summary>The whole framework, but for assemblies that only forward types, which come when a library asks for them.</summary>
    public IEnumerable<MetadataReference> WholeFramework() =>
        Directory.EnumerateFiles(Framework, "*.dll")
            .Where(path => path != typeof(object).Assembly.Location)
            .Select(Open)
            .OfType<PortableExecutableReference>()
            .Where(library => MetadataOf(library) is var metadata
                && metadata.TypeDefinitions.Any(type => metadata.GetTypeDefinition(type).Attributes.HasFlag(TypeAttributes.Public)));

    /// <summary>
    /// What a library, and what it depends on, needs of the framework. The compiler remembers for a whole notebook what was not to be
    /// had for netstandard.dll, and would take the same assembly for missing wherever a library refers to it.
    /// </summary>
    public IReadOnlyList<MetadataReference> FrameworkFor(string reference)
    {
        var paths = ResolveReference(reference, null, MetadataReferenceProperties.Assembly).Select(library => library.Display!);
        var queue = new Queue<string>(paths);
        var (seen, found) = (new HashSet<string> { Path.GetFileNameWithoutExtension(NetStandard) }, new List<MetadataReference>());
        while (queue.TryDequeue(out var path))
        {
            if (Open(path) is not { } library) continue;
            if (Path.GetDirectoryName(path) == Framework) found.Add(library);
            var metadata = MetadataOf(library);
            var names = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));
            foreach (var name in names.Where(seen.Add))
            {
                if (PathOf(new AssemblyName(name)) is { } needed) queue.Enqueue(needed);
            }
        }

        return found;
    }

    public override bool ResolveMissingAssemblies => true;

    public string? FindFailure(string reference) => _failures.GetValueOrDefault(reference);

    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        // Its assemblies were added to the cell before; the directive itself has only to be satisfied.
        if (PackageDirective.IsPackage(reference)) return [Open(typeof(object).Assembly.Location)!];

        var folder = Path.IsPathRooted(baseFilePath) ? Path.GetDirectoryName(baseFilePath)! : workingDirectory;
        var path = Path.GetFullPath(reference, folder);
        var inFramework = Path.Combine(Framework, Path.ChangeExtension(reference, null) + ".dll");
        if (!File.Exists(path) && Path.GetFileName(reference) == reference && File.Exists(inFramework)) path = inFramework;
        if (File.Exists(path) && Open(path) is { } library)
        {
            libraries.AddLibrary(path);
            return [library];
        }

        _failures[reference] = File.Exists(path)
            ? $"The file '{path}' is not a .NET assembly."
            : $"The file '{path}' does not exist. If the solution makes it, build first: dotnet build";
        return [];
    }

    /// <summary>Looks in the framework, then where the library that wants the assembly would find it at run time.</summary>
    public override PortableExecutableReference? ResolveMissingAssembly(MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        // netstandard.dll forwards to the whole framework, of which a cell needs little.
        if (definition.Display == NetStandard) return null;
        return PathOf(new AssemblyName(referenceIdentity.GetDisplayName())) is { } path ? Open(path) : null;
    }

    /// <summary>A reference to a library; null where the file is none. The same object for the same file.</summary>
    public PortableExecutableReference? Open(string path)
    {
        if (_byPath.TryGetValue(path, out var known)) return known;
        try
        {
            // The framework is mapped into memory, of which a cell touches little. Other files are read: nothing keeps them from being
            // built again while the notebook is open.
            var metadata = Path.GetDirectoryName(path) == Framework
                ? AssemblyMetadata.CreateFromFile(path)
                : AssemblyMetadata.CreateFromImage(File.ReadAllBytes(path));
            _ = metadata.GetModules();
            return _byPath[path] = metadata.GetReference(display: path);
        }
        catch (BadImageFormatException)
        {
            return _byPath[path] = null;
        }
    }

    private static MetadataReader MetadataOf(PortableExecutableReference library) =>
        ((AssemblyMetadata)library.GetMetadata()).GetModules()[0].GetMetadataReader();

    private string? PathOf(AssemblyName name)
    {
        var path = Path.Combine(Framework, name.Name + ".dll");
        return File.Exists(path) ? path : libraries.Find(name);
    }

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => 0;
}
