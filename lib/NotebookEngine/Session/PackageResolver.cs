using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security;
using System.Text.Json;

namespace NotebookEngine;

/// <summary>
/// Finds the assemblies of a NuGet package by restoring a project that references it, so that sources, credentials and
/// the package cache are those the user configured, and dependencies are resolved by the rules of NuGet itself.
/// </summary>
internal sealed class PackageResolver(string workingDirectory)
{
    private readonly Dictionary<PackageDirective, ResolvedPackage> _resolved = [];

    /// <summary>Resolves a package, once in a session.</summary>
    /// <exception cref="PackageNotAvailableException">It cannot be restored; the message says why.</exception>
    public ResolvedPackage Resolve(PackageDirective package, CancellationToken cancellationToken)
    {
        if (_resolved.TryGetValue(package, out var known)) return known;

        var folder = Directory.CreateTempSubdirectory("notebook-package-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "package.csproj"), Project(package));
            Restore(package, folder.FullName, cancellationToken);
            using var assets = JsonDocument.Parse(
                File.ReadAllBytes(Path.Combine(folder.FullName, "obj", "project.assets.json")));
            return _resolved[package] = Read(assets.RootElement);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Project(PackageDirective package) =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net{Environment.Version.Major}.0</TargetFramework>
            <RuntimeIdentifier>{SecurityElement.Escape(RuntimeInformation.RuntimeIdentifier)}</RuntimeIdentifier>
            <SelfContained>false</SelfContained>
            <UseAppHost>false</UseAppHost>
            <ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="{SecurityElement.Escape(package.Name)}" Version="{SecurityElement.Escape(package.Version ?? "*")}" />
          </ItemGroup>
        </Project>
        """;

    private void Restore(PackageDirective package, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(DotnetPath())
        {
            // A nuget.config beside or above the notebook counts, as it would for a project there.
            ArgumentList = { "restore", "--nologo", "--verbosity", "quiet", "-nodeReuse:false", "-p:NoWarn=NU1603", "-p:RestoreRootConfigDirectory=" + workingDirectory },
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        try
        {
            using var restore = Process.Start(start)!;
            using var registration = cancellationToken.Register(() => restore.Kill(entireProcessTree: true));
            restore.StandardInput.Close();
            var errors = restore.StandardError.ReadToEndAsync(CancellationToken.None);
            var output = restore.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
            restore.WaitForExit();
            cancellationToken.ThrowIfCancellationRequested();
            if (restore.ExitCode != 0) throw new PackageNotAvailableException(package, FirstError(output));
        }
        catch (Win32Exception notStarted)
        {
            throw new PackageNotAvailableException(package, $"dotnet cannot be started ({notStarted.Message}); it is part of the .NET SDK.");
        }
    }

    /// <summary>The dotnet that runs this process, where one does: PATH may know another or none.</summary>
    private static string DotnetPath()
    {
        var root = Path.GetFullPath(Path.Combine(FrameworkReferences.Folder, "..", "..", ".."));
        var path = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(path) ? path : "dotnet";
    }

    /// <summary>The first error line without the project's name around it, and without the sources of one machine, since it may be saved.</summary>
    private static string FirstError(string output)
    {
        var line = output.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Contains("error", StringComparison.Ordinal))
            ?? output.Trim();
        var from = line.IndexOf("error", StringComparison.Ordinal);
        var to = line.LastIndexOf(" [", StringComparison.Ordinal);
        return line[Math.Max(from, 0)..(to > from ? to : line.Length)].Split(" No packages exist with this id in source", 2)[0];
    }

    private static ResolvedPackage Read(JsonElement assets)
    {
        var roots = assets.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        var libraries = assets.GetProperty("libraries");

        // The target with a runtime identifier has the native files and the platform's own assemblies chosen.
        var target = assets.GetProperty("targets").EnumerateObject().OrderBy(t => t.Name.Contains('/')).Last().Value;
        List<string> compile = [], run = [], native = [];
        foreach (var library in target.EnumerateObject())
        {
            if (!libraries.GetProperty(library.Name).TryGetProperty("path", out var path)) continue;
            Add(compile, "compile");
            Add(run, "runtime");
            Add(native, "native");

            void Add(List<string> files, string kind)
            {
                if (!library.Value.TryGetProperty(kind, out var group)) return;
                foreach (var file in group.EnumerateObject().Where(f => !f.Name.EndsWith("_._", StringComparison.Ordinal)))
                {
                    var found = roots.Select(root => Path.GetFullPath(Path.Combine(root, path.GetString()!, file.Name)))
                        .FirstOrDefault(File.Exists);
                    if (found is not null) files.Add(found);
                }
            }
        }

        return new ResolvedPackage(compile, run, native);
    }
}
