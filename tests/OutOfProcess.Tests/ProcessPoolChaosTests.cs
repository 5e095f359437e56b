using System.Globalization;
using System.IO.MemoryMappedFiles;

namespace OutOfProcess.Tests;

/// <summary>
/// Workers are killed at random under load. By default 300 of them under 20,000 tasks; set
/// OUT_OF_PROCESS_KILLS to 10000 for 10,000 kills under 100,000 tasks, which takes several minutes.
/// </summary>
public sealed class ProcessPoolChaosTests(ITestOutputHelper output) : ProcessPoolTest
{
    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("OUT_OF_PROCESS_KILLS") ?? "300", CultureInfo.InvariantCulture);
    private static readonly int Tasks = Math.Max(20_000, 10 * Kills);

    [Fact]
    public async Task Under_random_kills_every_task_ends_once_with_its_result_or_the_named_error()
    {
        using var gate = new Gate();
        var tally = gate.NameOf("tally");
        await File.WriteAllBytesAsync(tally, new byte[Tasks * sizeof(int)]);
        var calls = new Task<long>[Tasks];
        var ended = 0;
        var killed = 0;
        using var room = new SemaphoreSlim(400);
        await using (var pool = new ProcessPool(workers: 4))
        {
            var killer = Task.Factory.StartNew(() =>
                KillAtRandom(pool, () => Volatile.Read(ref ended), () => killed++), TaskCreationOptions.LongRunning);
            for (var index = 0; index < Tasks; index++)
            {
                await room.WaitAsync();
                calls[index] = pool.RunAsync(ChaosWork.CountAndSum, tally, index);
                _ = calls[index].ContinueWith(_ =>
                {
                    Interlocked.Increment(ref ended);
                    room.Release();
                }, TaskScheduler.Default);
            }

            await Task.WhenAll(calls.Select(call => (Task)call.ContinueWith(_ => { }, TaskScheduler.Default)))
                .WaitAsync(TimeSpan.FromMinutes(30));
            await killer;
        }

        var runs = ReadTally(tally);
        for (var index = 0; index < Tasks; index++)
        {
            if (calls[index].IsCompletedSuccessfully)
            {
                (await calls[index]).Should().Be(RemoteWork.SumOfSquares(index % 5000));
                runs[index].Should().Be(1, "task {0} returned, and so ran once", index);
            }
            else
            {
                calls[index].Exception!.InnerException.Should().BeOfType<WorkerDiedException>().Which.Signal
                    .Should().Be(OperatingSystem.IsWindows() ? null : 9);
                runs[index].Should().BeLessThanOrEqualTo(1, "task {0} died, and is not repeated", index);
            }
        }

        var died = calls.Count(call => call.IsFaulted);
        output.WriteLine(
            $"{killed} kills under {Tasks} tasks: {died} tasks died with their workers, {Tasks - died} returned the right result.");
        killed.Should().Be(Kills);
        died.Should().BeLessThanOrEqualTo(Kills, "a kill costs at most the one call that was running");
    }

    // Spread over the run, so that workers die idle, busy, starting, and between two calls.
    private static void KillAtRandom(ProcessPool pool, Func<int> ended, Action count)
    {
        var random = new Random(4);
        for (var kill = 0; kill < Kills; kill++)
        {
            SpinWait.SpinUntil(() => ended() >= (long)kill * Tasks / (Kills + 1));
            int pid;
            do
            {
                var workers = pool.Workers.Where(worker => worker.State is WorkerState.Idle or WorkerState.Busy).ToList();
                pid = workers.Count == 0 ? 0 : workers[random.Next(workers.Count)].Pid;
                Thread.SpinWait(random.Next(2000));
            }
            while (pid == 0);
            Kill(pid);
            count();
        }
    }

    private static int[] ReadTally(string path)
    {
        var counts = new int[Tasks];
        Buffer.BlockCopy(File.ReadAllBytes(path), 0, counts, 0, counts.Length * sizeof(int));
        return counts;
    }
}

public static class ChaosWork
{
    private static MemoryMappedViewAccessor? _tally;

    /// <summary>Counts that this task runs, in a file that outlives the worker, and does a little work.</summary>
    public static long CountAndSum(string tally, int index)
    {
        _tally ??= MemoryMappedFile.CreateFromFile(tally, FileMode.Open).CreateViewAccessor();
        _tally.Write(index * sizeof(int), _tally.ReadInt32(index * sizeof(int)) + 1);
        return RemoteWork.SumOfSquares(index % 5000);
    }
}
