using System.Runtime.InteropServices;

namespace OwnedProcesses;

/// <summary>The `dotnet` that runs the compiled programs of this repository.</summary>
internal static class DotNetProgram
{
    /// <summary>
    /// The one beside the runtime of this process, which lies in root/shared/Microsoft.NETCore.App/version. Neither PATH nor this process's
    /// own file name is asked first: a host may be a program of its own, and a notebook's PATH need not know `dotnet`.
    /// </summary>
    public static string Path
    {
        get
        {
            var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
            var runtime = RuntimeEnvironment.GetRuntimeDirectory();
            var besideRuntime = System.IO.Path.GetFullPath(System.IO.Path.Combine(runtime, "..", "..", "..", name));
            return File.Exists(besideRuntime) ? besideRuntime : name;
        }
    }
}
