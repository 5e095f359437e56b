using System.Runtime.CompilerServices;
using BenchmarkDotNet.Running;
using ConcurrencyNotebooks.Benchmarks.Engine;

namespace ConcurrencyNotebooks.Benchmarks;

/// <summary>Comparisons that need processes of their own have a verb; everything else is for BenchmarkDotNet.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => args switch
    {
        ["engine", ..] => EngineBenchmark.RunAsync(),
        [FigureBenchmark.Verb, .. var options] => FigureBenchmark.RunAsync(options),
        [PlainHost.Verb, ..] => PlainHost.RunAsync(),
        ["process-pool"] => ProcessPoolBenchmark.RunAsync(),
        ["switching", .. var options] => Task.FromResult(SwitchingCommand.Run(options)),
        _ => Task.FromResult(Switch(args)),
    };

    // A method of its own, because the plain host does not have this library beside it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Switch(string[] args)
    {
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
    }
}
