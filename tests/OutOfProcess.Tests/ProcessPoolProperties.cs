using FsCheck;
using FsCheck.Fluent;

namespace OutOfProcess.Tests;

/// <summary>What holds for any value and any order of events.</summary>
public sealed class ProcessPoolProperties : ProcessPoolTest
{
    private enum Event
    {
        Submit,
        SubmitThrowing,
        SubmitDying,
        SubmitSpinning,
        CancelSome,
        KillOne,
        Map,
    }

    [Fact]
    public void Any_value_is_read_as_it_was_written_however_the_pipe_cuts_it()
    {
        Check<int[]>();
        Check<string>();
        Check<byte[]>();
        Check<string[]>();
        Check<double>();
        Check<decimal>();
        Check<DateTimeOffset>();
        Check<Tuple<int, string>[]>();
        Check<Dictionary<string, int[]>>();
        Check<(long, char)[]>();
        Check<int?>();
        Check<int?[]>();

        static void Check<T>() => Prop.ForAll<T, PositiveInt>((value, piece) => Same(value, RoundTrip(value, piece.Get)))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Any_record_crosses_to_a_worker_and_back_unchanged()
    {
        await using var pool = new ProcessPool(1);

        Prop.ForAll<int, double[], Dictionary<string, int>>((number, prices, parts) =>
        {
            var order = new Order(number, "c", prices, parts, (DayOfWeek)(Math.Abs((long)number) % 7), null);
            var returned = pool.RunAsync(RemoteWork.EchoOrder, order).InTime().GetAwaiter().GetResult();
            return Same(order, returned);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    [Fact]
    public void Any_order_of_submit_cancel_kill_and_dispose_ends()
    {
        var events = Gen.Elements(Enum.GetValues<Event>()).ListOf().ToArbitrary();

        Prop.ForAll(events, script => Play(script).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25).WithEndSize(30));
    }

    private static async Task<bool> Play(IEnumerable<Event> script)
    {
        using var gate = new Gate();
        using var cancellation = new CancellationTokenSource();
        var right = new List<Task<int>>();
        var others = new List<Task>();
        var grace = TimeSpan.FromMilliseconds(300);
        var pool = new ProcessPool(new ProcessPoolOptions { Workers = 2, TasksPerWorker = 20, DisposeGrace = grace });
        foreach (var next in script)
        {
            switch (next)
            {
                case Event.Submit:
                    right.AddRange(Enumerable.Range(0, 5).Select(number => pool.RunAsync(RemoteWork.Negate, number)));
                    break;
                case Event.SubmitThrowing:
                    others.Add(pool.RunAsync(RemoteWork.Throw, "no"));
                    break;
                case Event.SubmitDying:
                    others.Add(pool.RunAsync(RemoteWork.KillSelf, 1));
                    break;
                case Event.SubmitSpinning:
                    others.Add(pool.RunAsync(RemoteWork.SpinForEver, gate.Path, cancellation.Token));
                    break;
                case Event.CancelSome:
                    await cancellation.CancelAsync();
                    break;
                case Event.KillOne:
                    if (pool.Workers[0] is { Pid: > 0 } worker)
                        Kill(worker.Pid);
                    break;
                case Event.Map:
                    others.Add(pool.MapAsync(RemoteWork.Negate, Enumerable.Range(0, 50)));
                    break;
            }
        }

        await pool.DisposeAsync().AsTask().InTime();
        await Task.WhenAll(right.Concat(others).Select(task => task.ContinueWith(_ => { }, TaskScheduler.Default))).InTime();
        return right.Select((task, index) => (task, index)).All(each => each.task.IsCompletedSuccessfully
            ? each.task.Result == -(each.index % 5)
            : each.task.Exception!.InnerException is WorkerDiedException or ObjectDisposedException);
    }

    private static T RoundTrip<T>(T value, int piece)
    {
        var frame = new Frame(FrameKind.Call, 7);
        ObjectGraph.Write(frame, value, typeof(T));
        using var pipe = new MemoryStream();
        frame.SendTo(pipe);
        pipe.Position = 0;
        var reader = new FrameReader(destination => pipe.Read(destination[..Math.Min(piece, destination.Length)]));
        reader.TryReadHeader(out _, out var number).Should().BeTrue();
        number.Should().Be(7);
        var read = (T)ObjectGraph.Read(reader, typeof(T))!;
        reader.Left.Should().Be(0);
        return read;
    }

    private static bool Same<T>(T expected, T actual)
    {
        actual.Should().BeEquivalentTo(expected, options => options.WithStrictOrdering().ComparingByMembers<Order>());
        return true;
    }
}
