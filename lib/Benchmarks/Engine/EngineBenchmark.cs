namespace Benchmarks.Engine;

/// <summary>
/// The notebook host against a plain Roslyn host, in one run and turn by turn. The ratios count; the times are those of this machine.
/// </summary>
internal static class EngineBenchmark
{
    private const int CellsOfALongSession = 400;
    private const int CellsInARound = 20;

    public static async Task<int> RunAsync()
    {
        var starts = new Comparison("From the start of the process to the value of the first cell");
        starts.AddReported("plain Roslyn", null, () => FirstCellAsync(() => Task.FromResult<IScriptHost>(new PlainProcess())));
        starts.AddReported("notebook host", null, () => FirstCellAsync(EngineProcess.StartAsync));
        Console.WriteLine(await starts.MeasureAsync());

        await using var plain = new PlainProcess();
        await using var engine = await EngineProcess.StartAsync();
        await using var longSession = await EngineProcess.StartAsync();
        await RunCellsAsync(longSession, CellsOfALongSession);
        var cells = new Comparison($"{CellsInARound} trivial cells");
        cells.Add("plain Roslyn", null, () => RunCellsAsync(plain, CellsInARound));
        cells.Add("notebook host", null, () => RunCellsAsync(engine, CellsInARound));
        cells.Add($"notebook host, {CellsOfALongSession} cells later", null, () => RunCellsAsync(longSession, CellsInARound));
        Console.WriteLine(await cells.MeasureAsync());
        return 0;
    }

    private static async Task<TimeSpan> FirstCellAsync(Func<Task<IScriptHost>> startAsync)
    {
        var start = Stopwatch.GetTimestamp();
        await using var host = await startAsync();
        await RunCellsAsync(host, 1);
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task RunCellsAsync(IScriptHost host, int count)
    {
        for (var cell = 1; cell <= count; cell++) await host.RunAsync($"var x = {cell}; x + 1", $"{cell + 1}");
    }
}
