using System.Diagnostics;
using System.Text.Json;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.PackageManagement;

namespace Notebooks.OfficialKernel.Tests;

/// <summary>Runs the cells of a notebook in the kernel of .NET Interactive, set up as in its tool, and writes a line for each.</summary>
internal static class KernelProcess
{
    public static async Task RunAsync(string notebook, string results)
    {
        var cells = NotebookCell.Read(notebook);
        using var kernel = new CompositeKernel { new CSharpKernel().UseNugetDirective((csharp, references) =>
        {
            csharp.AddAssemblyReferences(references.SelectMany(reference => reference.AssemblyPaths));
            return Task.CompletedTask;
        }).UseKernelHelpers() };
        foreach (var cell in cells)
        {
            var start = Stopwatch.GetTimestamp();
            var result = await kernel.SendAsync(new SubmitCode(cell.Source));
            var failure = result.Events.OfType<CommandFailed>().FirstOrDefault()?.Message;
            var report = new CellReport(cell.Id, Kinds(result.Events), failure, Stopwatch.GetElapsedTime(start).TotalSeconds);

            // Line by line, so that those before a cell that ends the process are there.
            await File.AppendAllTextAsync(results, JsonSerializer.Serialize(report) + "\n");
        }
    }

    private static List<string> Kinds(IEnumerable<KernelEvent> events)
    {
        var kinds = new List<string>();
        foreach (var kind in events.Select(Kind).OfType<string>())
        {
            // What is written to one stream without anything in between is one output.
            if (!kind.StartsWith("stream", StringComparison.Ordinal) || kinds.LastOrDefault() != kind) kinds.Add(kind);
        }

        return kinds;
    }

    private static string? Kind(KernelEvent output) => output switch
    {
        // What the kernel says about a package is replaced when it is there, and no output of the cell.
        DisplayedValueProduced notice when notice.FormattedValues.Any(value => value.Value.Contains("Installing Packages")) => null,
        StandardOutputValueProduced => OutputKind.Stream("stdout"),
        StandardErrorValueProduced => OutputKind.Stream("stderr"),
        DisplayedValueProduced shown => OutputKind.Of("display_data", shown.FormattedValues.Select(value => value.MimeType)),
        ReturnValueProduced returned => OutputKind.Of("execute_result", returned.FormattedValues.Select(value => value.MimeType)),
        CommandFailed => OutputKind.Error,
        _ => null,
    };
}
