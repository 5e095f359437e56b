namespace ConcurrencyNotebooks;

/// <summary>
/// A single-threaded event loop, as Python's asyncio has one: everything that is awaited inside comes back to the thread that
/// called Run, one step at a time, and a step that blocks freezes all.
/// </summary>
/// <remarks>
/// <code>
///   timers, sockets, pool threads ──Post──▶ ┌───────┐ ──one at a time──▶ the thread in Run,
///   async methods on the loop     ──Post──▶ │ queue │                    asleep while the queue is empty
///                                           └───────┘
/// </code>
/// <para>An await posts its continuation here through the <see cref="SynchronizationContext"/> that it finds. <c>Task.Run</c> and
/// <c>ConfigureAwait(false)</c> leave the loop, as <c>run_in_executor</c> does; awaiting them from the loop comes back to it.</para>
/// <para>The run ends with its root task. What is left over learns so from <see cref="Ending"/>, gets to run what that makes ready,
/// and then never runs again. asyncio cancels what is left over; .NET cannot cancel a task that does not listen.</para>
/// <para>One rule is .NET's and not the loop's: a <see cref="TaskCompletionSource"/> completed in the very step that began to await
/// it continues inside SetResult, unless it was created with <see cref="TaskCreationOptions.RunContinuationsAsynchronously"/>.</para>
/// </remarks>
public static class EventLoop
{
    /// <summary>Cancelled when the root task has ended: to be given to whatever is started on the loop and not awaited.</summary>
    /// <exception cref="InvalidOperationException">The calling code does not run on an event loop.</exception>
    public static CancellationToken Ending => LoopThread.Current?.Ending
        ?? throw new InvalidOperationException("This code does not run on an event loop. Take EventLoop.Ending inside EventLoop.Run(async () => …).");

    /// <summary>Runs the work, and everything that it starts, on the calling thread, until the work has ended.</summary>
    /// <param name="work">The root of all work. What it throws comes out as it is; so does what an async void method on the loop throws.</param>
    /// <param name="timeline">Where to record each step as a span; none is recorded by default.</param>
    /// <exception cref="InvalidOperationException">This thread already runs an event loop.</exception>
    public static LoopReport Run(Func<Task> work, Timeline? timeline = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var loop = new LoopThread(timeline);
        loop.RunToEnd(work).GetAwaiter().GetResult();
        return loop.Report();
    }
}
