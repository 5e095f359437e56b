using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace NotebookEngine;

/// <summary>
/// Answers the compiler's questions about <c>#r</c>: which file a path means, and where a dependency of a referenced
/// library is. What it cannot answer it remembers, because the compiler's own message names neither the folder tried
/// nor a remedy.
/// </summary>
internal sealed class ScriptReferenceResolver(string workingDirectory, FrameworkReferences framework, ScriptLoadContext loader)
    : MetadataReferenceResolver
{
    private readonly Dictionary<string, PortableExecutableReference> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _failures = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override bool ResolveMissingAssemblies => true;

    /// <summary>What to say about a <c>#r</c> that could not be resolved.</summary>
    public string? FindFailure(string reference) => _failures.GetValueOrDefault(reference);

    /// <inheritdoc/>
    public override ImmutableArray<PortableExecutableReference> ResolveReference(
        string reference, string? baseFilePath, MetadataReferenceProperties properties)
    {
        // Its assemblies were added to the compilation before; the directive itself has only to be satisfied.
        if (PackageDirective.IsPackage(reference)) return [framework.Find("System.Runtime")!];

        var folder = Path.IsPathRooted(baseFilePath) ? Path.GetDirectoryName(baseFilePath)! : workingDirectory;
        var path = Path.GetFullPath(reference, folder);
        if (File.Exists(path)) return Open(path) is { } library ? [library] : [];
        if (framework.Find(SimpleName(reference)) is { } assembly && !reference.AsSpan().ContainsAny('/', '\\')) return [assembly];

        _failures[reference] = $"The file '{path}' does not exist. If the solution makes it, build first: dotnet build";
        return [];

        PortableExecutableReference? Open(string path)
        {
            if (TryOpen(path) is not { } opened)
            {
                _failures[reference] = $"The file '{path}' is not a .NET assembly.";
                return null;
            }

            loader.AddLibrary(path);
            return opened;
        }
    }

    /// <inheritdoc/>
    public override PortableExecutableReference? ResolveMissingAssembly(
        MetadataReference definition, AssemblyIdentity referenceIdentity)
    {
        // What the framework and this engine refer to is not looked for: it would drag in most of the framework, of which
        // a cell needs little. Should a cell miss something, it is compiled against all of it.
        if (definition is PortableExecutableReference { FilePath: { } path } && IsOurs(path)) return null;
        if (framework.Find(referenceIdentity.Name) is { } assembly) return assembly;
        return loader.FindLibrary(new AssemblyName(referenceIdentity.GetDisplayName())) is { } library ? TryOpen(library) : null;
    }

    /// <summary>The same object for the same file, so that the compiler need not compare what it already knows.</summary>
    public PortableExecutableReference? TryOpen(string path)
    {
        if (_byPath.TryGetValue(path, out var known)) return known;
        try
        {
            // Read, not mapped: nothing keeps the file from being built again while the notebook is open.
            var metadata = AssemblyMetadata.CreateFromImage(File.ReadAllBytes(path));
            _ = metadata.GetModules();
            return _byPath[path] = metadata.GetReference(filePath: path);
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override bool Equals(object? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => 0;

    private static bool IsOurs(string path) =>
        Path.GetDirectoryName(path) == FrameworkReferences.Folder || path == typeof(ScriptReferenceResolver).Assembly.Location;

    private static string SimpleName(string reference) =>
        reference.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? reference[..^4] : reference;
}
