using System.Diagnostics;

namespace OutOfProcess.PackageTest;

/// <summary>The way of the package: from the library's own folders, with nothing else of the repository, to a stranger's program.</summary>
public sealed class PackageTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("package-test-");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Fact]
    public async Task A_fresh_program_counts_primes_with_the_packed_package()
    {
        var repository = FindRepository();
        foreach (var file in new[] { "Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig" })
            Copy(new FileInfo(Path.Combine(repository, file)), "source");
        foreach (var folder in new[] { "lib/OutOfProcess", "lib/OutOfProcess.Worker" })
            Copy(new DirectoryInfo(Path.Combine(repository, folder)), Path.Combine("source", folder));
        Copy(new DirectoryInfo(Path.Combine(repository, "tests/OutOfProcess.PackageTest/Consumer")), "consumer");

        await DotNetAsync("source", "pack", "lib/OutOfProcess", "--output", Path.Combine(_scratch.FullName, "packages"));
        var output = await DotNetAsync("consumer", "run", "-p:RestorePackagesPath=" + Path.Combine(_scratch.FullName, "cache"));

        output.Should().Contain("78498 primes below 1,000,000, counted in other processes: True");
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "lib/OutOfProcess/OutOfProcess.csproj")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"lib/OutOfProcess is not above {AppContext.BaseDirectory}.");
        return folder.FullName;
    }

    private void Copy(DirectoryInfo folder, string to)
    {
        foreach (var file in folder.EnumerateFiles())
            Copy(file, to);
        foreach (var child in folder.EnumerateDirectories().Where(child => child.Name is not ("bin" or "obj")))
            Copy(child, Path.Combine(to, child.Name));
    }

    private void Copy(FileInfo file, string to) => file.CopyTo(Path.Combine(_scratch.CreateSubdirectory(to).FullName, file.Name));

    // Runs a command of the SDK to its end, and returns what it printed.
    private async Task<string> DotNetAsync(string folder, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Path.Combine(_scratch.FullName, folder),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // No build server that outlives the test, and nothing of the test run's own settings.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);

        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        await using var kill = limit.Token.Register(() => process.Kill(entireProcessTree: true));
        var texts = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        process.ExitCode.Should().Be(0, "dotnet {0} succeeds; it printed: {1}", string.Join(' ', arguments), string.Concat(texts));
        return texts[0];
    }
}
