using System.Runtime.CompilerServices;
using BenchmarkDotNet.Running;
using Benchmarks.Charts;
using Benchmarks.Engine;

namespace Benchmarks;

/// <summary>Comparisons that need processes of their own have a verb; everything else is for BenchmarkDotNet.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => args switch
    {
        ["engine"] => EngineBenchmark.RunAsync(),
        [PlainHost.Verb] => PlainHost.RunAsync(),
        [PlainPipe.Verb] => Task.FromResult(PlainPipe.Answer()),
        [FigureBenchmark.Verb] => FigureBenchmark.RunAsync(),
        [FigureBenchmark.Verb, var what] => Task.FromResult(FigureBenchmark.DrawOne(what)),
        ["cluster"] => ClusterBenchmark.RunAsync(),
        ["process-pool"] => ProcessPoolBenchmark.RunAsync(),
        ["switching", .. var options] => Task.FromResult(RunWhileInputIsOpen(["--filter", $"*{nameof(SwitchingBenchmarks)}*", .. options])),
        _ => Task.FromResult(Run(args)),
    };

    // For a notebook, which holds the standard input open as long as it wants the results.
    private static int RunWhileInputIsOpen(string[] args)
    {
        new Thread(() =>
        {
            Console.OpenStandardInput().CopyTo(Stream.Null);
            Environment.Exit(1);
        })
        { IsBackground = true, Name = "end of input" }.Start();
        return Run(args);
    }

    // A method of its own, because the plain host does not have this library beside it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Run(string[] args)
    {
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
