using System.Runtime.InteropServices;
using CliWrap;

namespace ConcurrencyNotebooks;

/// <summary>The compiled programs that belong to this library, and the `dotnet` that runs them.</summary>
internal static class CompanionProgram
{
    /// <summary>Input that stays open: a companion ends when its input does, so that it does not outlive this process.</summary>
    public static PipeSource OpenUntil(Task end) => PipeSource.Create((_, cancellationToken) => end.WaitAsync(cancellationToken));

    /// <summary>How to run a program that <see cref="RepositoryFile.Find"/> found; no exit code of it is an exception.</summary>
    public static Command Command(string assembly, params IEnumerable<string> arguments) =>
        Cli.Wrap(DotNet()).WithArguments([assembly, .. arguments]).WithValidation(CommandResultValidation.None);

    // The runtime that runs this process lies in <root>/shared/Microsoft.NETCore.App/<version>. Neither PATH nor this process's own
    // file name is asked first: a host may be a program of its own, and a notebook's PATH need not know `dotnet`.
    private static string DotNet()
    {
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var besideRuntime = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", name));
        return File.Exists(besideRuntime) ? besideRuntime : name;
    }
}
