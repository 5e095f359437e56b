using System.Globalization;
using System.Text;
using NotebookHost;
using Workshop.Commands;
using Workshop.Isolation;

namespace Workshop.Tests;

/// <summary>
/// Whatever a notebook holds, each verb ends with 0, 1 or 2 and a sentence. In the program's own process and without running
/// cells: <c>CONCURRENCY_NOTEBOOKS_FUZZ=20000</c> tries so many notebooks instead of some hundreds.
/// </summary>
[Collection(nameof(SharedProcess))]
public sealed class FuzzTests : IDisposable
{
    private const int Seed = 15;

    private readonly Workspace _workspace = new();
    private readonly TextWriter _output = Console.Out;
    private readonly TextWriter _error = Console.Error;

    private static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("CONCURRENCY_NOTEBOOKS_FUZZ"), CultureInfo.InvariantCulture,
            out var count) ? count : 300;

    public void Dispose()
    {
        Console.SetOut(_output);
        Console.SetError(_error);
        _workspace.Dispose();
    }

    [Fact]
    public async Task No_notebook_ends_a_verb_with_an_exception()
    {
        var mutation = new NotebookMutation(Seed);
        var path = _workspace["a.ipynb"];
        var codes = new Dictionary<int, int>();
        var failures = new Dictionary<string, string>();
        for (var number = 0; number < Count; number++)
        {
            var notebook = mutation.Next();
            File.WriteAllBytes(path, notebook);
            foreach (var (verb, run) in Verbs(path))
            {
                var said = new StringWriter();
                Console.SetOut(said);
                Console.SetError(said);
                try
                {
                    var code = await run();
                    codes[code] = codes.GetValueOrDefault(code) + 1;
                    if (!said.ToString().Any(char.IsLetter)) failures.TryAdd(verb, $"said nothing of notebook {number}");
                }
                catch (Exception exception)
                {
                    // Each place of the program once: the first notebook that leads there is enough to correct it.
                    var place = exception.StackTrace?.Split('\n')
                        .FirstOrDefault(line => line.Contains("Workshop.", StringComparison.Ordinal));
                    failures.TryAdd($"{place}", $"{verb} of notebook {number}: {exception}\n{Encoding.UTF8.GetString(notebook)}");
                }
            }
        }

        Console.SetOut(_output);
        var table = string.Join(", ", codes.OrderBy(code => code.Key).Select(code => $"{code.Value} times {code.Key}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{Count} notebooks: {table}");
        failures.Values.Should().BeEmpty();
        codes.Keys.Should().BeEquivalentTo([0, 1, 2], "some notebooks are read, some are not");
    }

    private IEnumerable<(string Verb, Func<Task<int>> Run)> Verbs(string path)
    {
        var options = new RunOptions([path], TimeSpan.FromMinutes(1), false, _workspace["copies"], _workspace["pages"], false, false);
        yield return ("run", () => new TutorialRun(options, () => Task.FromResult<INotebookSession>(new NoSession()))
            .RunAsync(default));
        yield return ("check", () => WorkshopProgram.RunAsync(["check", path]));
        yield return ("handouts", () => WorkshopProgram.RunAsync(["handouts", path, "--output", _workspace["pages"]]));
    }

    /// <summary>Runs nothing, and shows what the cell had shown.</summary>
    private sealed class NoSession : INotebookSession
    {
        public bool IsAlive => true;

        public Task<CellResult> RunAsync(
            string cellId, string code, TimeSpan timeout, Action<CellOutput>? onOutput, int? number, CancellationToken cancellationToken) =>
            Task.FromResult(new CellResult([CellOutput.Stream(CellOutput.Stdout, code)], TimeSpan.Zero, null));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
