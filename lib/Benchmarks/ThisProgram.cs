namespace Benchmarks;

/// <summary>This program once more, as a process that does one part of a comparison.</summary>
internal static class ThisProgram
{
    /// <summary>Starts it, its standard input and output redirected.</summary>
    /// <param name="folder">Where it lies, from here.</param>
    /// <param name="arguments">What it is to do.</param>
    public static Process Start(string folder, params IEnumerable<string> arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, folder, Path.GetFileName(typeof(ThisProgram).Assembly.Location));
        return Process.Start(new ProcessStartInfo(PackageResolver.DotnetPath, [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }
}
