using Workshop.Checking;
using Workshop.Running;

namespace Workshop.Commands;

/// <summary><c>check</c>: finds what is wrong with notebooks without running them.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var paths = Options.Notebooks();
        var strict = Options.Flag("--strict", "A warning is an error.");
        var verb = new Command(
            "check",
            "Checks without running that notebooks are valid and portable, and that their saved outputs belong to their code.")
        {
            paths, strict,
        };
        verb.SetAction(line => Check(line.GetRequiredValue(paths), line.GetValue(strict)));
        return verb;
    }

    private static int Check(string[] paths, bool isStrict)
    {
        var files = NotebookFiles.Resolve(paths);
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
