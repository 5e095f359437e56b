using Workshop.Isolation;

namespace Benchmarks.Engine;

/// <summary>
/// The notebook host as the notebooks' program runs it, compiled ahead of time, against a plain Roslyn host, in one run and turn by
/// turn. Both are timed from here, the way through the pipes included. The ratios count; the times are those of this machine.
/// </summary>
internal static class EngineBenchmark
{
    private const int CellsOfALongSession = 400;
    private const int CellsInARound = 20;

    public static async Task<int> RunAsync()
    {
        var starts = new Comparison("From the start of the process to the value of the first cell");
        starts.AddReported("plain Roslyn", null, () => FirstCellAsync(StartPlainAsync));
        starts.AddReported("notebook host", null, () => FirstCellAsync(StartHostAsync));
        Console.WriteLine(await starts.MeasureAsync());

        await using var plain = await StartPlainAsync();
        await using var host = await StartHostAsync();
        await using var longSession = await StartHostAsync();
        await RunCellsAsync(longSession, CellsOfALongSession);
        var cells = new Comparison($"{CellsInARound} trivial cells");
        cells.Add("plain Roslyn", null, () => RunCellsAsync(plain, CellsInARound));
        cells.Add("notebook host", null, () => RunCellsAsync(host, CellsInARound));
        cells.Add($"notebook host, {CellsOfALongSession} cells later", null, () => RunCellsAsync(longSession, CellsInARound));
        Console.WriteLine(await cells.MeasureAsync());
        return 0;
    }

    private static Task<INotebookSession> StartPlainAsync() => Task.FromResult<INotebookSession>(new PlainProcess());

    private static async Task<INotebookSession> StartHostAsync() => await NotebookProcess.StartAsync(Environment.CurrentDirectory);

    private static async Task<TimeSpan> FirstCellAsync(Func<Task<INotebookSession>> startAsync)
    {
        var start = Stopwatch.GetTimestamp();
        await using var session = await startAsync();
        await RunCellsAsync(session, 1);
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task RunCellsAsync(INotebookSession session, int count)
    {
        for (var cell = 1; cell <= count; cell++)
        {
            var result = await session.RunAsync("trivial", $"var x = {cell}; x + 1", Timeout.InfiniteTimeSpan);
            var value = result.Outputs.SingleOrDefault(output => output.Type == CellOutput.ResultType)?.Form("text/html");
            if (value?.Contains($">{cell + 1}<", StringComparison.Ordinal) != true)
                throw new InvalidOperationException($"The value is '{value}', not {cell + 1}: {result.Error}");
        }
    }
}
