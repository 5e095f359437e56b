using Microsoft.CodeAnalysis;

namespace NotebookEngine;

/// <summary>
/// The assemblies of Microsoft.NETCore.App as scripts see them. The ones that define types are visible from the start;
/// those that only forward types to them (about half) are handed out when a referenced library asks, because each
/// assembly costs the compiler time in every cell.
/// </summary>
internal sealed class FrameworkReferences
{
    private readonly Dictionary<string, PortableExecutableReference> _byName = new(StringComparer.OrdinalIgnoreCase);

    public FrameworkReferences()
    {
        var visible = new List<MetadataReference>();
        foreach (var path in Directory.EnumerateFiles(Folder, "*.dll").Order(StringComparer.Ordinal))
        {
            if (MappedReference.TryCreate(path, out var definesTypes) is not { } reference) continue;
            _byName.Add(Path.GetFileNameWithoutExtension(path), reference);
            if (definesTypes) visible.Add(reference);
        }

        Visible = visible;
    }

    /// <summary>The folder of the running framework, where implementation and forwarding assemblies are.</summary>
    public static string Folder { get; } = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>What every script is compiled against.</summary>
    public IReadOnlyList<MetadataReference> Visible { get; }

    /// <summary>An assembly of the framework by its simple name, a forwarding one included.</summary>
    public PortableExecutableReference? Find(string simpleName) => _byName.GetValueOrDefault(simpleName);

    /// <summary>Whether the framework has an assembly of this name, which then wins over a copy beside a library.</summary>
    public static bool Has(string simpleName) => File.Exists(Path.Combine(Folder, simpleName + ".dll"));
}
