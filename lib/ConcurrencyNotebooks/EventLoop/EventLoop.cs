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
/// <para>The run ends with its root task; what is left over never runs again. asyncio cancels it; .NET cannot cancel a task that does not
/// watch a token.</para>
/// <para>One rule is .NET's and not the loop's: a <see cref="TaskCompletionSource"/> completed in the very step that began to await
/// it continues inside SetResult, unless it was created with <see cref="TaskCreationOptions.RunContinuationsAsynchronously"/>.</para>
/// </remarks>
/// <example>
/// <code>
/// var report = EventLoop.Run(async () =>
/// {
///     await Task.Delay(100); // others on the loop go on
///     Thread.Sleep(100);     // nobody else on the loop does
/// });
/// Console.WriteLine(report.LongestFreeze);
/// </code>
/// </example>
public static class EventLoop
{
    /// <summary>Runs the work, and everything that it starts, on the calling thread, until the work has ended.</summary>
    /// <param name="work">The root of all work. Its exception comes out as it is; so does that of an async void method on the loop.</param>
    /// <exception cref="InvalidOperationException">This thread already runs an event loop.</exception>
    public static LoopReport Run(Func<Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var loop = new LoopThread();
        loop.RunToEnd(work).GetAwaiter().GetResult();
        return loop.Report();
    }
}
