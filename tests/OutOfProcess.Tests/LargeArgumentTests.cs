namespace OutOfProcess.Tests;

/// <summary>Large arguments are lent to the pipe and not copied, so whatever could happen to their memory meanwhile must not.</summary>
public sealed class LargeArgumentTests : ProcessPoolTest
{
    private const int Length = 3_000_001;

    [Fact]
    public async Task They_arrive_whole_while_the_collector_moves_what_it_can()
    {
        await using var pool = new ProcessPool(2);
        var numbers = Enumerable.Range(0, 24).ToList();

        // Nobody but the pool knows these arrays.
        var calls = numbers.Select(number => pool.RunAsync(RemoteWork.Checksum, Bytes(number))).ToList();
        while (calls.Exists(call => !call.IsCompleted))
        {
            System.Runtime.GCSettings.LargeObjectHeapCompactionMode = System.Runtime.GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect();
            await Task.Delay(1);
        }

        (await Task.WhenAll(calls)).Should().Equal(numbers.Select(number => RemoteWork.Checksum(Bytes(number))));
    }

    [Fact]
    public async Task An_array_may_be_changed_as_soon_as_its_call_has_ended()
    {
        await using var pool = new ProcessPool(1);
        var bytes = Bytes(0);

        for (var number = 1; number <= 20; number++)
        {
            var expected = RemoteWork.Checksum(bytes);
            (await pool.RunAsync(RemoteWork.Checksum, bytes)).Should().Be(expected);
            Array.Fill(bytes, (byte)number);
        }
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_its_argument_is_on_the_way_leaves_the_next_one_whole()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal that stops a process.");
        await using var pool = new ProcessPool(1);
        using var cancel = new CancellationTokenSource();
        await AllReadyAsync(pool);

        // The process does not read, so the pipe is full of the first argument's pages when its call ends.
        Signal("STOP", pool.Workers[0].Pid);
        var cancelled = pool.RunAsync(RemoteWork.Checksum, Bytes(1), cancel.Token);
        await cancel.CancelAsync();
        await FluentActions.Awaiting(() => cancelled.InTime()).Should().ThrowAsync<OperationCanceledException>();
        System.Runtime.GCSettings.LargeObjectHeapCompactionMode = System.Runtime.GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect();
        var next = pool.RunAsync(RemoteWork.Checksum, Bytes(2));
        Signal("CONT", pool.Workers[0].Pid);

        (await next.InTime()).Should().Be(RemoteWork.Checksum(Bytes(2)));
    }

    [Fact]
    public async Task A_call_that_runs_again_has_its_argument_again()
    {
        using var gate = new Gate();
        await using var pool = new ProcessPool(new ProcessPoolOptions { Workers = 1, Retries = 1 });

        var sum = await pool.RunAsync(RemoteWork.ChecksumOnce, Bytes(5), gate.NameOf("first")).InTime();

        sum.Should().Be(RemoteWork.Checksum(Bytes(5)));
    }

    [Fact]
    public void Arrays_that_are_too_long_together_are_refused_before_any_byte_is_sent()
    {
        var frame = new Frame(FrameKind.Result);
        var half = new long[Protocol.LongestBody / sizeof(long) / 2];

        var both = () => ObjectGraph.Write(frame, new[] { half, new long[half.Length] }, typeof(long[][]));

        both.Should().Throw<NotSupportedException>().WithMessage("it takes more than the 1,073,741,824 bytes*several smaller parts");
    }

    private static byte[] Bytes(int seed)
    {
        var bytes = new byte[Length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
