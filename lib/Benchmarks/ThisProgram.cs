namespace Benchmarks;

/// <summary>This program once more, as a process that does one part of a comparison.</summary>
internal static class ThisProgram
{
    /// <summary>How it is started with these arguments.</summary>
    public static ProcessStartInfo With(params string[] arguments)
    {
        // Started as `dotnet Benchmarks.dll`, the program of this process is `dotnet`.
        var program = Environment.ProcessPath!;
        string[] assembly = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(ThisProgram).Assembly.Location] : [];
        return new ProcessStartInfo(program, [.. assembly, .. arguments]);
    }
}
