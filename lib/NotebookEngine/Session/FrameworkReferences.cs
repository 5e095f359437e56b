using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace NotebookEngine;

/// <summary>
/// The assemblies of Microsoft.NETCore.App as scripts see them: all of them. But every assembly costs the compiler time
/// in every cell, so cells are compiled against the usual ones as long as those are enough, and against all from the
/// first cell on that needs more.
/// </summary>
internal sealed class FrameworkReferences
{
    /// <summary>What notebooks on concurrency use. A name missing here costs a cell some milliseconds, nothing else.</summary>
    private static readonly string[] UsualNames =
    [
        "System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Collections.Concurrent",
        "System.Collections.Immutable", "System.Collections.NonGeneric", "System.ComponentModel.Primitives", "System.Console",
        "System.Diagnostics.Process", "System.IO.Pipes", "System.Linq", "System.Memory", "Microsoft.Win32.Primitives",
        "System.Net.Http", "System.Net.Primitives", "System.ObjectModel", "System.Private.Uri", "System.Runtime.InteropServices",
        "System.Runtime.Numerics", "System.Text.Json", "System.Text.RegularExpressions", "System.Threading",
        "System.Threading.Channels", "System.Threading.Tasks.Parallel",
    ];

    private readonly ConcurrentDictionary<string, PortableExecutableReference?> _byName = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The folder of the running framework, where implementation and forwarding assemblies are.</summary>
    public static string Folder { get; } = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>The usual assemblies.</summary>
    public IEnumerable<PortableExecutableReference> Usual => UsualNames.Select(Find).OfType<PortableExecutableReference>();

    /// <summary>All assemblies, those included that only forward types.</summary>
    public IEnumerable<PortableExecutableReference> All =>
        Directory.EnumerateFiles(Folder, "*.dll")
            .Order(StringComparer.Ordinal)
            .Select(path => Find(Path.GetFileNameWithoutExtension(path)))
            .OfType<PortableExecutableReference>();

    /// <summary>Whether the framework has an assembly of this name, which then wins over a copy beside a library.</summary>
    public static bool Has(string simpleName) => File.Exists(Path.Combine(Folder, simpleName + ".dll"));

    /// <summary>An assembly of the framework by its simple name.</summary>
    public PortableExecutableReference? Find(string simpleName) =>
        _byName.GetOrAdd(simpleName, name => Has(name) ? MappedReference.TryCreate(Path.Combine(Folder, name + ".dll")) : null);
}
