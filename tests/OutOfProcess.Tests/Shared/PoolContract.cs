
namespace OutOfProcess.Tests;

/// <summary>
/// What every pool promises, whatever its workers are. A pool's tests derive from this and say how to start one.
/// All work is a static method of <see cref="PoolTasks"/>, so that a pool of processes can find it.
/// </summary>
public abstract class PoolContract
{
    /// <summary>A pool as these tests see it.</summary>
    public interface IPool : IAsyncDisposable
    {
        Task<TOut> SubmitAsync<TIn, TOut>(Func<TIn, TOut> method, TIn argument, CancellationToken cancellationToken = default);

        Task<IReadOnlyList<TOut>> MapAsync<TIn, TOut>(
            Func<TIn, TOut> method, IEnumerable<TIn> arguments, CancellationToken cancellationToken = default);
    }

    /// <summary>Starts a pool with so many workers.</summary>
    protected abstract IPool Start(int workers);

    [Fact]
    public async Task A_submitted_method_returns_its_result()
    {
        await using var pool = Start(1);

        var result = await pool.SubmitAsync(PoolTasks.Square, 12);

        result.Should().Be(144);
    }

    [Fact]
    public async Task Results_of_a_map_come_in_the_order_of_the_arguments()
    {
        await using var pool = Start(3);

        var results = await pool.MapAsync(PoolTasks.Square, Enumerable.Range(0, 500));

        results.Should().Equal(Enumerable.Range(0, 500).Select(PoolTasks.Square));
    }

    [Fact]
    public async Task A_map_over_nothing_returns_nothing()
    {
        await using var pool = Start(1);

        var results = await pool.MapAsync(PoolTasks.Square, Array.Empty<int>());

        results.Should().BeEmpty();
    }

    [Fact]
    public async Task An_exception_reaches_the_caller_with_its_message_and_the_pool_goes_on()
    {
        await using var pool = Start(1);

        var failing = () => pool.SubmitAsync(PoolTasks.Fail, "no such page");

        (await failing.Should().ThrowAsync<Exception>()).Which.ToString().Should().Contain("no such page");
        (await pool.SubmitAsync(PoolTasks.Square, 3)).Should().Be(9);
    }

    [Fact]
    public async Task A_map_fails_with_the_exception_of_the_call_that_failed()
    {
        await using var pool = Start(2);

        var failing = () => pool.MapAsync(PoolTasks.FailAtThirteen, Enumerable.Range(0, 20));

        (await failing.Should().ThrowAsync<Exception>()).Which.ToString().Should().Contain("thirteen");
        (await pool.SubmitAsync(PoolTasks.Square, 3)).Should().Be(9);
    }

    [Fact]
    public async Task Queued_work_that_is_cancelled_never_runs_and_names_the_callers_token()
    {
        using var gate = new Gate();
        using var cancellation = new CancellationTokenSource();
        await using var pool = Start(1);
        var running = pool.SubmitAsync(PoolTasks.WaitForFile, gate.NameOf("go"));
        var queued = pool.SubmitAsync(PoolTasks.CreateFile, gate.NameOf("ran"), cancellation.Token);

        await cancellation.CancelAsync();

        var awaiting = () => queued;
        (await awaiting.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancellation.Token);
        await File.WriteAllTextAsync(gate.NameOf("go"), "");
        await running;
        await pool.SubmitAsync(PoolTasks.Square, 1);
        File.Exists(gate.NameOf("ran")).Should().BeFalse("the worker was busy when it was cancelled");
    }

    [Fact]
    public async Task A_token_cancelled_beforehand_cancels_at_once()
    {
        await using var pool = Start(1);
        var cancelled = new CancellationToken(canceled: true);

        var submitting = () => pool.SubmitAsync(PoolTasks.Square, 1, cancelled);
        var mapping = () => pool.MapAsync(PoolTasks.Square, [1, 2, 3], cancelled);

        (await submitting.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancelled);
        (await mapping.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Should().Be(cancelled);
    }

    [Fact]
    public async Task Disposing_waits_for_all_that_was_submitted()
    {
        var pool = Start(2);
        var tasks = Enumerable.Range(0, 100).Select(i => pool.SubmitAsync(PoolTasks.Square, i)).ToList();

        await pool.DisposeAsync();

        tasks.Should().OnlyContain(task => task.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task After_disposing_no_work_is_taken_and_the_message_says_so()
    {
        var pool = Start(1);
        await pool.DisposeAsync();

        var submitting = () => pool.SubmitAsync(PoolTasks.Square, 1);

        (await submitting.Should().ThrowAsync<ObjectDisposedException>()).WithMessage("*disposed*no more work*");
    }

    [Fact]
    public async Task Disposing_twice_is_disposing_once()
    {
        var pool = Start(1);
        await pool.SubmitAsync(PoolTasks.Square, 1);

        await Task.WhenAll(pool.DisposeAsync().AsTask(), pool.DisposeAsync().AsTask());
        await pool.DisposeAsync();
    }

    [Fact]
    public async Task Several_threads_may_submit_at_once()
    {
        await using var pool = Start(2);
        using var together = new Barrier(4);
        var tasks = new List<Task<int>>[4];
        var callers = Enumerable.Range(0, 4).Select(caller => new Thread(() =>
        {
            together.SignalAndWait();
            tasks[caller] = [.. Enumerable.Range(0, 100).Select(i => pool.SubmitAsync(PoolTasks.Square, (100 * caller) + i))];
        })).ToList();

        callers.ForEach(caller => caller.Start());
        callers.ForEach(caller => caller.Join());
        var results = await Task.WhenAll(tasks.SelectMany(each => each));

        results.Should().Equal(Enumerable.Range(0, 400).Select(PoolTasks.Square));
    }
}
