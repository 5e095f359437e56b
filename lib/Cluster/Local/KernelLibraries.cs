using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Cluster;

/// <summary>
/// Makes Orleans loadable in the kernel of .NET Interactive. The kernel gives every library a load context of its own and finds references
/// by their exact names; Orleans looks for its own parts by simple names, which is an error there. In the default context, where an
/// assembly is found by its simple name, both are content, so what lies beside this library is loaded there before anything asks for it.
/// Other hosts, ours too, have one context for all libraries and need nothing.
/// </summary>
internal static class KernelLibraries
{
    // What the compiler of the kernel consists of stays its own.
    private static readonly string[] Wanted = ["Orleans.", "Microsoft.Extensions.", "Microsoft.AspNetCore.", "System.IO.Hashing", "Newtonsoft.Json"];

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "It must run before the first type of Orleans is loaded.")]
    internal static void Load()
    {
        var library = typeof(KernelLibraries).Assembly;
        if (AssemblyLoadContext.GetLoadContext(library)?.GetType().Assembly.GetName().Name != "Microsoft.CodeAnalysis.Scripting") return;

        // Orleans finds a grain's interface by the name of this library, from over there.
        AssemblyLoadContext.Default.Resolving += (_, wanted) => wanted.Name == library.GetName().Name ? library : null;

        // The tool brings some of them with ASP.NET Core. It is not asked by name: what the default context has not found once, it never finds.
        var there = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator)
            .Select(path => Path.GetFileNameWithoutExtension(path)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var path in Directory.GetFiles(Path.GetDirectoryName(library.Location)!, "*.dll"))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            if (Wanted.Any(wanted => name.StartsWith(wanted, StringComparison.Ordinal)) && !there.Contains(name))
                AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
        }
    }
}
