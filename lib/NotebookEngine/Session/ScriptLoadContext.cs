using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace NotebookEngine;

/// <summary>
/// Where a session's cells and the libraries that they reference are loaded. The host program's own packages stay out
/// of sight: a notebook may reference another version of any of them. Only the framework and this engine are shared,
/// so that their types are the same on both sides.
/// </summary>
internal sealed class ScriptLoadContext() : AssemblyLoadContext("notebook")
{
    private static readonly Assembly Engine = typeof(ScriptLoadContext).Assembly;

    private readonly ConcurrentDictionary<string, Assembly> _cells = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _libraries = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, AssemblyDependencyResolver?> _folders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _nativeLibraries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an assembly is a compiled cell of this session.</summary>
    public bool IsCell(Assembly assembly) => _cells.TryGetValue(assembly.GetName().Name!, out var cell) && cell == assembly;

    /// <summary>Loads a compiled cell; later cells find it by its name.</summary>
    public Assembly LoadCell(Stream image, Stream symbols)
    {
        var assembly = LoadFromStream(image, symbols);
        _cells[assembly.GetName().Name!] = assembly;
        return assembly;
    }

    /// <summary>Makes a library, and what lies beside it, available to the cells.</summary>
    public void AddLibrary(string path)
    {
        _libraries.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        _folders.GetOrAdd(Path.GetDirectoryName(path)!, _ => TryCreateResolver(path));
    }

    /// <summary>Makes a native library of a package available under the names by which code imports it.</summary>
    public void AddNativeLibrary(string path)
    {
        _nativeLibraries.TryAdd(Path.GetFileName(path), path);
        _nativeLibraries.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        if (Path.GetFileNameWithoutExtension(path) is ['l', 'i', 'b', .. var name]) _nativeLibraries.TryAdd(name, path);
    }

    /// <summary>A dependency of a referenced library, as the run time would find it; null if it is nowhere.</summary>
    public string? FindLibrary(AssemblyName name)
    {
        if (_libraries.TryGetValue(name.Name!, out var known)) return known;
        foreach (var (folder, resolver) in _folders)
        {
            var path = resolver?.ResolveAssemblyToPath(name) ?? Path.Combine(folder, name.Name + ".dll");
            if (File.Exists(path)) return path;
        }

        return null;
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var name = assemblyName.Name!;
        if (_cells.TryGetValue(name, out var cell)) return cell;
        if (name == Engine.GetName().Name) return Engine;
        if (FrameworkReferences.Has(name)) return null;
        return FindLibrary(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
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
