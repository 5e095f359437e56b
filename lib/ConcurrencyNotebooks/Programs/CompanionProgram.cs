using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ConcurrencyNotebooks;

/// <summary>The compiled programs that belong to this library, and the `dotnet` that runs them.</summary>
internal static class CompanionProgram
{
    /// <summary>How to start a program that <see cref="RepositoryFile.Find"/> found, with all three streams redirected.</summary>
    public static ProcessStartInfo StartInfo(string assembly, params IEnumerable<string> arguments) =>
        ProgramRun.StartInfo(DotNet(), [assembly, .. arguments]);

    // The runtime that runs this process lies in <root>/shared/Microsoft.NETCore.App/<version>. Neither PATH nor this process's own
    // file name is asked first: a host may be a program of its own, and a notebook's PATH need not know `dotnet`.
    private static string DotNet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var besideRuntime = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(besideRuntime) ? besideRuntime : name;
    }
}
