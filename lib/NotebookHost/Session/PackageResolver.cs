using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Security;

namespace NotebookHost;

/// <summary>
/// Finds the assemblies of NuGet packages by restoring a project that references them, so that sources, credentials and
/// the package cache are those the user configured, and dependencies are resolved by the rules of NuGet itself. All
/// packages of a notebook are one project: two cells never get two versions of one assembly.
/// </summary>
internal sealed partial class PackageResolver(string workingDirectory)
{
    // By name, which NuGet does not spell by case; and the files of what is loaded.
    private readonly Dictionary<string, PackageDirective> _packages = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _paths = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The dotnet that runs this process: PATH may know another or none.</summary>
    public static string DotnetPath { get; } = OwnedProcesses.DotNetProgram.Path;

    /// <summary>Resolves the packages of a cell together with those of the cells before.</summary>
    public ResolvedPackages Resolve(IReadOnlyList<PackageDirective> packages, CancellationToken cancellationToken)
    {
        var folder = TemporaryFolder.Create("notebook-packages");
        try
        {
            // NuGet takes the first of two versions of a package in silence.
            var all = new Dictionary<string, PackageDirective>(_packages, _packages.Comparer);
            foreach (var package in packages) all.TryAdd(package.Name, package);
            File.WriteAllText(Path.Combine(folder.FullName, "packages.csproj"), Project(all.Values));
            Restore(packages, folder.FullName, cancellationToken);
            using var assets = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder.FullName, "obj", "project.assets.json")));
            CheckVersions(packages.Where(package => package != all[package.Name]), assets.RootElement);
            var resolved = Read(assets.RootElement);
            CheckPaths(packages, resolved);
            foreach (var path in resolved.Assemblies) _paths[Path.GetFileName(path)] = path;
            foreach (var package in packages) _packages.TryAdd(package.Name, package);
            return resolved;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // A bare version means that one and no other: NuGet would take the next higher one in silence.
    private static string Project(IEnumerable<PackageDirective> packages) =>
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
            {string.Join("\n    ", packages.Select(Reference))}
          </ItemGroup>
        </Project>
        """;

    private static string Reference(PackageDirective package)
    {
        var version = package.Version ?? "*";
        if (BareVersion().IsMatch(version)) version = $"[{version}]";
        return $"""<PackageReference Include="{SecurityElement.Escape(package.Name)}" Version="{SecurityElement.Escape(version)}" />""";
    }

    private void Restore(IReadOnlyList<PackageDirective> wanted, string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(DotnetPath)
        {
            // A nuget.config beside or above the notebook counts, as it would for a project there.
            ArgumentList =
            {
                "restore", "--nologo", "--verbosity", "quiet", "-nodeReuse:false", "-p:NoWarn=NU1603%3BNU1608",
                "-p:RestoreRootConfigDirectory=" + workingDirectory,
            },
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en" },
        };
        try
        {
            using var restore = Process.Start(start)!;
            using var registration = cancellationToken.Register(() => restore.Kill(entireProcessTree: true));
            restore.StandardInput.Close();
            var errors = restore.StandardError.ReadToEndAsync(CancellationToken.None);
            var output = restore.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
            restore.WaitForExit();
            cancellationToken.ThrowIfCancellationRequested();
            if (restore.ExitCode != 0) throw NotAvailable(wanted, FirstError(output));
        }
        catch (Win32Exception notStarted)
        {
            throw NotAvailable(wanted, $"dotnet cannot be started ({notStarted.Message}); it is part of the .NET SDK.");
        }
    }

    private static PackageNotAvailableException NotAvailable(IReadOnlyList<PackageDirective> wanted, string reason) =>
        new($"The package '{string.Join("' and '", wanted)}' is not available. dotnet restore says: {reason}");

    /// <summary>The first error line without the project's name, and without the sources of one machine, since it may be saved.</summary>
    private static string FirstError(string output)
    {
        var line = output.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Contains("error", StringComparison.Ordinal))
            ?? output.Trim();
        var from = line.IndexOf("error", StringComparison.Ordinal);
        var to = line.LastIndexOf(" [", StringComparison.Ordinal);
        var error = Sources().Replace(line[Math.Max(from, 0)..(to > from ? to : line.Length)], "");
        return NearestVersion().Match(output) is { Success: true } nearest ? $"{error}; the nearest is {nearest.Groups[1].Value}" : error;
    }

    private static ResolvedPackages Read(JsonElement assets)
    {
        var roots = assets.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToList();
        var libraries = assets.GetProperty("libraries");

        // The target with a runtime identifier has the native files and the platform's own assemblies chosen.
        var target = assets.GetProperty("targets").EnumerateObject().MaxBy(target => target.Name.Length).Value;
        List<string> assemblies = [], native = [], extensions = [];
        foreach (var chosen in target.EnumerateObject())
        {
            var library = libraries.GetProperty(chosen.Name);
            if (!library.TryGetProperty("path", out var path)) continue;
            assemblies.AddRange(Chosen("runtime").Where(file => !LibraryLoadContext.IsShared(Path.GetFileNameWithoutExtension(file))));
            native.AddRange(Chosen("native"));
            extensions.AddRange(Existing(library.GetProperty("files").EnumerateArray().Select(file => file.GetString()!)
                .Where(file => ExtensionFile().IsMatch(file))));

            IEnumerable<string> Chosen(string kind) => chosen.Value.TryGetProperty(kind, out var group)
                ? Existing(group.EnumerateObject().Select(file => file.Name).Where(file => Path.GetFileName(file) != "_._"))
                : [];

            IEnumerable<string> Existing(IEnumerable<string> files) => files
                .Select(file =>
                    roots.Select(root => Path.GetFullPath(Path.Combine(root, path.GetString()!, file))).FirstOrDefault(File.Exists))
                .OfType<string>();
        }

        // An extension is often a library of its package, too, and then it is loaded once.
        extensions = [.. extensions.Select(path => assemblies.Find(file => Path.GetFileName(file) == Path.GetFileName(path)) ?? path)];
        return new ResolvedPackages([.. assemblies.Union(extensions)], native, extensions);
    }

    /// <summary>Of the packages that are there already, under another version or none, each must be the one that is asked for.</summary>
    private static void CheckVersions(IEnumerable<PackageDirective> packages, JsonElement assets)
    {
        foreach (var package in packages.Where(package => package.Version is not null and not "*"))
        {
            var loaded = assets.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/'))
                .First(library => library[0].Equals(package.Name, StringComparison.OrdinalIgnoreCase))[1];
            if (WithoutZeros(loaded) == WithoutZeros(package.Version!)) continue;
            throw new PackageNotAvailableException(
                $"The package '{package}' is not available: the notebook has version {loaded} of it. Name one version in all cells.");
        }

        static string WithoutZeros(string version) => TrailingZeros().Replace(version, "");
    }

    // What cells have loaded stays loaded, so a version cannot change any more.
    private void CheckPaths(IReadOnlyList<PackageDirective> packages, ResolvedPackages resolved)
    {
        if (resolved.Assemblies.FirstOrDefault(path => _paths.GetValueOrDefault(Path.GetFileName(path), path) != path) is { } other)
        {
            throw new PackageNotAvailableException(
                $"The package '{string.Join("' and '", packages)}' needs another version of {Path.GetFileName(other)} " +
                "than a cell before has loaded. Name all packages of the notebook in one cell.");
        }
    }

    [GeneratedRegex(@"^\d+(\.\d+)*(-[\w.-]+)?$")]
    private static partial Regex BareVersion();

    [GeneratedRegex(@"(?:\.0)+(?=-|$)")]
    private static partial Regex TrailingZeros();

    [GeneratedRegex(@"Nearest version: ([\w.-]+)")]
    private static partial Regex NearestVersion();

    [GeneratedRegex(@"^interactive-extensions/dotnet/.*\.dll$")]
    private static partial Regex ExtensionFile();

    [GeneratedRegex(
        @"(?: No packages exist with this id in source| Found \d+ version\(s\) in |(?<=Unable to load the service index) for source ).*$")]
    private static partial Regex Sources();
}
