using System.Runtime.Loader;

namespace Cluster;

/// <summary>Makes Orleans loadable in the kernel of .NET Interactive.</summary>
/// <remarks>
/// The kernel gives every library a load context of its own and finds references by their exact names. Orleans looks for its own parts, and
/// for our grains, by simple names, which is an error there. In the default context an assembly is found by its simple name, and by the
/// kernel's cells too, so everything is loaded there before anything asks for it. Other hosts, ours too, have one context for all libraries
/// and need nothing.
/// </remarks>
/// <example>
/// <code>
/// ClusterLibraries.Load(); // before the first cell that uses the cluster
/// </code>
/// </example>
public static class ClusterLibraries
{
    private static readonly string[] Wanted =
        ["Cluster", "CliWrap", "Orleans.", "Microsoft.Extensions.", "Microsoft.AspNetCore.", "System.IO.Hashing", "Newtonsoft.Json"];

    /// <summary>Loads the cluster's libraries, where that is needed. Further calls do nothing.</summary>
    public static void Load()
    {
        var self = typeof(ClusterLibraries).Assembly;
        if (AssemblyLoadContext.GetLoadContext(self)?.GetType().Assembly.GetName().Name != "Microsoft.CodeAnalysis.Scripting") return;

        // The tool brings some of them with ASP.NET Core.
        var there = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator)
            .Select(path => Path.GetFileNameWithoutExtension(path)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var path in Directory.GetFiles(Path.GetDirectoryName(self.Location)!, "*.dll"))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var isWanted = Wanted.Any(wanted => name.StartsWith(wanted, StringComparison.Ordinal)) && name != self.GetName().Name;
            if (isWanted && !there.Contains(name))
                AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
        }
    }
}
