using System.Collections.Concurrent;
using System.Runtime.Loader;

namespace NotebookHost;

/// <summary>
/// Where the libraries that a notebook references are loaded, each once and found by its simple name, whatever version
/// another library was built against. The scripting API's own loader insists on exact versions, so it is told no paths and
/// asks here. The framework and what this host consists of are shared, so that their types are the same on both sides.
/// </summary>
internal sealed class LibraryLoadContext : AssemblyLoadContext
{
    // The framework and this host's own packages.
    private static readonly HashSet<string> Shared = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator).Select(path => Path.GetFileNameWithoutExtension(path)).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private readonly ConcurrentDictionary<string, string> _libraries = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, AssemblyDependencyResolver?> _folders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _nativeLibraries = new(StringComparer.OrdinalIgnoreCase);

    public LibraryLoadContext()
        : base("notebook")
    {
        AppDomain.CurrentDomain.AssemblyResolve += (_, wanted) => Load(new AssemblyName(wanted.Name));
    }

    public static bool IsShared(string name) => Shared.Contains(name);

    /// <summary>Makes a library, and what lies beside it, available to the cells.</summary>
    public void AddLibrary(string path)
    {
        _libraries.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        _folders.GetOrAdd(Path.GetDirectoryName(path)!, _ => TryCreateResolver(path));
    }

    /// <summary>Makes a native library of a package available under the names by which code imports it.</summary>
    public void AddNativeLibrary(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        foreach (var alias in new[] { Path.GetFileName(path), name, name.StartsWith("lib", StringComparison.Ordinal) ? name[3..] : name })
            _nativeLibraries.TryAdd(alias, path);
    }

    /// <summary>The file of a library or of one that it depends on; null if it is nowhere.</summary>
    public string? Find(AssemblyName name)
    {
        if (_libraries.TryGetValue(name.Name!, out var known)) return known;
        foreach (var (folder, resolver) in _folders)
        {
            var path = resolver?.ResolveAssemblyToPath(name) ?? Path.Combine(folder, name.Name + ".dll");
            if (File.Exists(path)) return path;
        }

        return null;
    }

    protected override Assembly? Load(AssemblyName assemblyName) =>
        !IsShared(assemblyName.Name!) && Find(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        if (_nativeLibraries.TryGetValue(unmanagedDllName, out var known)) return LoadUnmanagedDllFromPath(known);
        foreach (var resolver in _folders.Values)
        {
            if (resolver?.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path) return LoadUnmanagedDllFromPath(path);
        }

        return 0;
    }

    /// <summary>Reads the library's deps.json, which knows packages and native libraries; not every library has one.</summary>
    private static AssemblyDependencyResolver? TryCreateResolver(string path)
    {
        if (!File.Exists(Path.ChangeExtension(path, ".deps.json"))) return null;
        try
        {
            return new AssemblyDependencyResolver(path);
        }
        catch (InvalidOperationException)
        {
            // A damaged deps.json: the files beside the library are still found by name.
            return null;
        }
    }
}
