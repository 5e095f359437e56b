using System.Collections.Concurrent;

namespace OutOfProcess.Tests;

/// <summary>What tasks print, and what is none of the protocol.</summary>
public sealed class ProcessPoolOutputTests : ProcessPoolTest
{
    private readonly ConcurrentQueue<WorkerOutput> _output = new();

    private ProcessPoolOptions Options => new() { Workers = 1, Output = _output.Enqueue };

    [Fact]
    public async Task What_a_task_prints_arrives_as_text_before_its_result()
    {
        await using var pool = new ProcessPool(Options);

        await pool.RunAsync(RemoteWork.Print, "fünf 日本", "oh no");

        _output.Should().BeEquivalentTo([
            new WorkerOutput(1, pool.Workers[0].Pid, false, "fünf 日本"),
            new WorkerOutput(1, pool.Workers[0].Pid, true, "oh no"),
        ]);
    }

    [Fact]
    public async Task A_flood_on_stdout_holds_up_nothing_and_loses_nothing()
    {
        await using var pool = new ProcessPool(Options);

        (await pool.RunAsync(RemoteWork.Flood, 20_000).InTime()).Should().Be(20_000);

        _output.Should().HaveCount(20_000);
        _output.Should().OnlyContain(line => line.Line.Length == 1000);
    }

    [Fact]
    public async Task A_result_waits_for_all_that_was_printed_before_it_however_slowly_that_is_read()
    {
        var lines = 0;
        await using var pool = new ProcessPool(Options with
        {
            Output = _ =>
            {
                if (Interlocked.Increment(ref lines) == 1)
                    Thread.Sleep(300);
            },
        });

        // Both calls end while the first line holds the reader up, and what they printed fills the pipe.
        var calls = Enumerable.Range(0, 2).Select(_ => pool.RunAsync(RemoteWork.Flood, 30)).ToList();
        await calls[0].InTime();
        var afterFirst = Volatile.Read(ref lines);
        await calls[1].InTime();

        afterFirst.Should().BeGreaterThanOrEqualTo(30);
        lines.Should().Be(60);
    }

    [Fact]
    public async Task A_flood_without_line_ends_comes_in_parts()
    {
        await using var pool = new ProcessPool(Options);

        await pool.RunAsync(RemoteWork.FloodWithoutLines, 1_000_000).InTime();
        await pool.DisposeAsync();

        _output.Sum(line => line.Line.Length).Should().Be(1_000_000);
        _output.Should().OnlyContain(line => line.Line.Length <= 4096);
    }

    [Theory]
    [InlineData("de_DE.ISO-8859-1")]
    [InlineData("ja_JP.eucJP")]
    [InlineData("C")]
    [InlineData("en_US.UTF-8")]
    public async Task Text_arrives_as_it_was_printed_whatever_the_locale(string locale)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has code pages instead.");
        await using var pool = new ProcessPool(Options with { Environment = new Dictionary<string, string?> { ["LC_ALL"] = locale } });

        await pool.RunAsync(RemoteWork.Print, "ä 日本 😀", "é");

        _output.Select(line => line.Line).Should().BeEquivalentTo("ä 日本 😀", "é");
    }

    [Theory]
    [InlineData(4094)]
    [InlineData(4095)]
    [InlineData(4096)]
    public async Task A_long_line_is_never_cut_inside_a_character(int before)
    {
        await using var pool = new ProcessPool(Options);
        var line = new string('a', before) + "😀😀x";

        await pool.RunAsync(RemoteWork.Print, line, "");

        var parts = _output.Where(part => !part.IsError).Select(part => part.Line).ToList();
        string.Concat(parts).Should().Be(line);
        parts.Should().OnlyContain(part => part.Length <= 4096 && !char.IsHighSurrogate(part.Last()) && !char.IsLowSurrogate(part[0]));
    }

    [Fact]
    public async Task Frames_printed_to_stdout_are_only_text()
    {
        await using var pool = new ProcessPool(Options);

        (await pool.RunAsync(RemoteWork.PrintFrames, new byte[] { 0xC7, 1, 6, 0, 255, 255, 255, 127, 1, 0, 0, 0, 0, 0, 0, 0 }).InTime())
            .Should().Be(1);

        (await pool.RunAsync(RemoteWork.Negate, 1).InTime()).Should().Be(-1);
    }

    [Fact]
    public async Task A_worker_that_closes_its_output_works_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It closes file descriptors by their numbers.");
        await using var pool = new ProcessPool(Options);

        (await pool.RunAsync(RemoteWork.CloseOutput, 1).InTime()).Should().Be(-1);

        (await pool.RunAsync(RemoteWork.Negate, 2).InTime()).Should().Be(-2);
    }

    [Fact]
    public async Task A_handler_that_throws_disturbs_nobody()
    {
        await using var pool = new ProcessPool(Options with { Output = _ => throw new InvalidOperationException("the handler is broken") });

        (await pool.RunAsync(RemoteWork.Print, "a", "b").InTime()).Should().Be(1);
    }

    [Theory]
    [InlineData("sleep 60")]
    [InlineData("yes")]
    public async Task A_child_of_the_worker_that_outlives_it_does_not_hide_its_death(string child)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It starts sleep.");
        using var gate = new Gate();
        await using var pool = new ProcessPool(Options with { Output = _ => Thread.SpinWait(1000) });

        var dying = () => pool.RunAsync(RemoteWork.StartChildAndDie, child, gate.NameOf("child")).WaitAsync(TimeSpan.FromSeconds(30));

        await dying.Should().ThrowAsync<WorkerDiedException>();
        (await pool.RunAsync(RemoteWork.Negate, 1).InTime()).Should().Be(-1);
        Kill(int.Parse(File.ReadAllText(gate.NameOf("child")), System.Globalization.CultureInfo.InvariantCulture));
    }
}
