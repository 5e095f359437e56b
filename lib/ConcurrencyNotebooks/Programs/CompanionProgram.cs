using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ConcurrencyNotebooks;

/// <summary>Finds the compiled programs that belong to this library, and the `dotnet` that runs them.</summary>
internal static class CompanionProgram
{
    /// <summary>
    /// The program at one of these paths, relative to the repository, beside the library or above it; the one built last where
    /// there are several. The working directory is searched too: a host may load the library from memory, which leaves it no place.
    /// </summary>
    /// <exception cref="FileNotFoundException">None exists; the message says how to build them.</exception>
    public static string Find(params string[] paths)
    {
        string[] origins = [Path.GetDirectoryName(typeof(CompanionProgram).Assembly.Location) ?? "", AppContext.BaseDirectory, Environment.CurrentDirectory];
        foreach (var origin in origins.Where(origin => origin.Length > 0))
        {
            for (var folder = new DirectoryInfo(origin); folder is not null; folder = folder.Parent)
            {
                var built = paths.Select(path => Path.Combine(folder.FullName, path)).Where(File.Exists).MaxBy(File.GetLastWriteTimeUtc);
                if (built is not null) return built;
            }
        }

        throw new FileNotFoundException(
            $"{Path.GetFileName(paths[0])} is not there: {paths[0]} was looked for above {string.Join(" and ", origins.Where(origin => origin.Length > 0).Distinct())}. "
            + "Run `dotnet build` in the repository.", paths[0]);
    }

    /// <summary>How to start a program that <see cref="Find"/> found, with all three streams redirected.</summary>
    public static ProcessStartInfo StartInfo(string assembly, params IEnumerable<string> arguments) => new(DotNet(), [assembly, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
        CreateNoWindow = true,
    };

    // The runtime that runs this process lies in <root>/shared/Microsoft.NETCore.App/<version>. Neither PATH nor this process's own
    // file name is asked first: a host may be a program of its own, and a notebook's PATH need not know `dotnet`.
    private static string DotNet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var besideRuntime = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(besideRuntime) ? besideRuntime : name;
    }
}
