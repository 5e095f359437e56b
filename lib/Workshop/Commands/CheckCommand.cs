using Workshop.Checking;
using Workshop.Running;

namespace Workshop.Commands;

/// <summary><c>check</c>: finds what is wrong with notebooks without running them.</summary>
internal static class CheckCommand
{
    private static readonly Option<bool> Strict = Options.Flag("--strict", "A warning is an error.");

    public static Command Create() => Options.Verb(
        new("check", "Checks without running that notebooks are valid and portable, and that their saved outputs belong to their code.")
        {
            Options.Notebooks, Strict,
        },
        (line, _) => Task.FromResult(Check(NotebookFiles.Resolve(line.GetRequiredValue(Options.Notebooks)), line.GetValue(Strict))));

    private static int Check(IReadOnlyList<NotebookFile> files, bool isStrict)
    {
        int errors = 0, warnings = 0;
        foreach (var file in files)
        {
            foreach (var finding in NotebookCheck.Check(file))
            {
                _ = finding.IsWarning ? warnings++ : errors++;
                Console.WriteLine(Describe(file, finding));
            }
        }

        var count = $"{RunReport.Count(errors, "error")}, {RunReport.Count(warnings, "warning")}";
        Console.WriteLine($"{RunReport.Count(files.Count, "notebook")} checked: {count}.");
        return errors > 0 || (isStrict && warnings > 0) ? ExitCode.Failed : ExitCode.Ok;
    }

    // The form that editors and build logs recognise: file(line): error rule: message.
    private static string Describe(NotebookFile file, Finding finding)
    {
        var position = finding.FileLine is { } line ? $"{file.DisplayPath}({line})" : file.DisplayPath;
        var inCell = finding.Line is { } cellLine ? $", line {cellLine}" : "";
        var where = finding.CellId is null ? "" : $" (cell '{finding.CellId}'{inCell})";
        return $"{position}: {(finding.IsWarning ? "warning" : "error")} {finding.Rule}: {finding.Message}{where}";
    }
}
