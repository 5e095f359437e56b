using System.Runtime.InteropServices;

namespace Notebooks.OfficialKernel.Tests;

/// <summary>The <c>dotnet</c> that runs the tests.</summary>
internal static class DotNet
{
    public static string Path { get; } = System.IO.Path.GetFullPath(System.IO.Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
