using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Notebooks.OfficialKernel.Tests;

/// <summary>The tool of .NET Interactive, as Visual Studio Code talks to it.</summary>
public sealed class ToolTests(ITestOutputHelper output)
{
    private static readonly string[] Verdicts = ["✔ ", "✘ ", "– "];

    [Fact]
    public async Task The_cells_of_a_notebook_run_and_show_their_charts_and_claims()
    {
        var notebook = Directory.GetFiles(Repository.Notebooks, "03-*.ipynb").Single();
        var start = Stopwatch.GetTimestamp();
        await using var tool = await ToolSession.StartAsync();
        output.WriteLine($"ready after {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
        var shown = new List<JsonNode>();
        foreach (var cell in NotebookCell.Read(notebook))
        {
            var (outputs, failure) = await tool.SubmitAsync(cell.Source);

            failure.Should().BeNull($"cell '{cell.Id}' is to succeed");
            shown.AddRange(outputs);
        }

        output.WriteLine($"all cells after {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s");
        var forms = shown.Where(one => one["formattedValues"] is JsonArray).Select(one => one["formattedValues"]!.AsArray()
            .ToDictionary(value => $"{value!["mimeType"]}", value => $"{value!["value"]}")).ToList();
        forms.Where(form => form.ContainsKey("application/vnd.concurrency-chart+json")).Should().NotBeEmpty("the notebook has charts")
            .And.OnlyContain(form => form["text/html"].Contains("<img alt=") && form["text/plain"] != "");
        forms.Should().Contain(form => Verdicts.Any(form.GetValueOrDefault("text/plain", "").Contains), "the notebook has claims");
        (await tool.QuitAsync()).Should().Be(0);
    }

    [Fact]
    public async Task A_cell_that_fails_is_said_and_the_tool_goes_on()
    {
        await using var tool = await ToolSession.StartAsync();

        var failed = await tool.SubmitAsync("#r \"not/there.dll\"");
        var (outputs, failure) = await tool.SubmitAsync("6 * 7");

        failed.Failure.Should().Contain("not/there.dll");
        failure.Should().BeNull();
        outputs.Should().ContainSingle().Which.ToJsonString().Should().Contain("42");
    }

    [Fact]
    public async Task A_killed_kernel_takes_its_workers_and_its_site_along()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It looks for processes as Linux shows them.");
        await using var tool = await ToolSession.StartAsync();
        var (outputs, failure) = await tool.SubmitAsync("""
            #r "../lib/bin/ConcurrencyNotebooks.dll"
            #r "../lib/bin/OutOfProcess.dll"
            using ConcurrencyNotebooks;
            using OutOfProcess;
            var site = await LoopbackSite.StartAsync();
            var pool = new ProcessPool(workers: 2);
            await pool.RunAsync(Primes.Count, new PrimeRange(1, 1_000));
            Console.Write(Environment.ProcessId);
            """);
        failure.Should().BeNull();
        var kernel = int.Parse($"{outputs.Single()["formattedValues"]![0]!["value"]}", CultureInfo.InvariantCulture);
        var started = ChildrenOf(kernel);

        using (var process = Process.GetProcessById(kernel)) process.Kill();

        started.Should().HaveCountGreaterThanOrEqualTo(2, "a pool and a site are running");
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        foreach (var child in started) await EndOfAsync(child, deadline.Token);
    }

    private static List<int> ChildrenOf(int parent) =>
    [
        .. from folder in Directory.EnumerateDirectories("/proc")
           where int.TryParse(Path.GetFileName(folder), out _)
           let pid = int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture)
           where ParentOf(pid) == parent
           select pid,
    ];

    // pid (name) state ppid …; a name may have blanks and brackets.
    private static int? ParentOf(int pid)
    {
        try
        {
            var status = File.ReadAllText($"/proc/{pid}/stat");
            var fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] == "Z" ? null : int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It has ended.
            return null;
        }
    }

    // Nobody tells when the child of another process ends. A process of the same number that has started since would be none of ours,
    // so a second one that comes within this minute is the only harm that there could be.
    private static async Task EndOfAsync(int pid, CancellationToken deadline)
    {
        while (ParentOf(pid) is not null) await Task.Delay(20, deadline);
    }
}
