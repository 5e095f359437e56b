using Workshop.Doctor;
using Workshop.Running;

namespace Workshop.Commands;

/// <summary><c>doctor</c>: says before a workshop day whether this machine is ready for it.</summary>
internal static class DoctorCommand
{
    private static readonly Option<bool> IsJson =
        Options.Flag("--json", "Print an array of objects with name, state (fine, warning, mend), found and advice.");

    public static Command Create() => Options.Verb(
        new("doctor", "Says in seconds whether this machine is ready for the notebooks, and what to do where it is not.") { IsJson },
        ExamineAsync);

    private static async Task<int> ExamineAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var isJson = line.GetValue(IsJson);
        var console = RunConsole.OfProgram();
        var results = new List<CheckResult>();
        await foreach (var result in MachineChecks.RunAsync(cancellationToken))
        {
            results.Add(result);
            if (!isJson) console.WriteLine($"{Mark(console, result.State)} {RunConsole.Printable(result.ToString())}");
        }

        var (mend, warnings) = (results.Count(r => r.State == CheckState.Mend), results.Count(r => r.State == CheckState.Warning));
        var verdict = mend > 0 ? $"{RunReport.Count(mend, "thing")} must be mended" : "This machine is ready";
        console.WriteLine(isJson
            ? $"[\n{string.Join(",\n", results.Select(Json))}\n]"
            : $"\n{verdict}{(warnings > 0 ? $", {RunReport.Count(warnings, "warning")}" : "")}.");
        return mend > 0 ? ExitCode.Failed : ExitCode.Ok;
    }

    // By hand: with few open files the library for it cannot be loaded, and that is one of the things to be told.
    private static string Json(CheckResult result)
    {
        return $"  {{ \"name\": {Quote(result.Name)}, \"state\": {Quote($"{result.State}".ToLowerInvariant())}, "
            + $"\"found\": {Quote(result.Found)}, \"advice\": {Quote(result.Advice)} }}";

        static string Quote(string text) => '"' + RunConsole.Printable(text.ReplaceLineEndings(" ").Replace('\t', ' '))
            .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';
    }

    private static string Mark(RunConsole console, CheckState state) => state switch
    {
        CheckState.Fine => console.Paint(RunConsole.Green, "✔"),
        CheckState.Warning => console.Paint(RunConsole.Yellow, "–"),
        _ => console.Paint(RunConsole.Red, "✘"),
    };
}
