using System.Diagnostics;

namespace OutOfProcess;

/// <summary>
/// The middle of a pool: the queue, what each worker holds, and all decisions about them, under one gate. It does not know
/// the <see cref="ProcessPool"/>, which can therefore be collected while the keepers' threads still hold this.
/// </summary>
internal sealed partial class CallDispatcher
{
    private readonly LinkedList<PoolCall> _queue = new();
    private readonly Action<object?> _cancel;

    // Those of the processes that live. Copied on every change, so that it can be read without the gate.
    private volatile CallLedger[] _ledgers = [];
    private int _startDeaths;
    private bool _isClosed;
    private PoolBrokenException? _broken;

    /// <summary>Starts a keeper for each worker.</summary>
    /// <exception cref="OutOfMemoryException">There is no thread for a keeper; those that have started end.</exception>
    public CallDispatcher(ProcessPoolOptions options)
    {
        Options = options;
        _cancel = call => Cancel((PoolCall)call!);
        try
        {
            Ended = Task.WhenAll([.. Enumerable.Range(1, options.Workers).Select(number => new Keeper(this, number).Start())]);
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    public ProcessPoolOptions Options { get; }

    public Lock Gate { get; } = new();

    /// <summary>Completes when the last worker is gone.</summary>
    public Task Ended { get; }

    private bool IsDrained =>
        _isClosed && _queue.Count == 0 && !_ledgers.Any(ledger => ledger.Calls.Any(call => !call.IsEnded));

    private bool IsOver => _broken is not null || IsDrained;

    public List<WorkerSnapshot> Snapshot()
    {
        lock (Gate)
        {
            // A place without a process: either the next one is about to start, or none will.
            var state = IsOver ? WorkerState.Ended : WorkerState.Starting;
            return [.. Enumerable.Range(1, Options.Workers).Select(number =>
                Array.Find(_ledgers, ledger => ledger.Number == number)?.Snapshot ?? new WorkerSnapshot(number, 0, state, 0))];
        }
    }

    /// <exception cref="ObjectDisposedException">The pool takes no more calls.</exception>
    /// <exception cref="PoolBrokenException">The workers cannot start.</exception>
    public void Submit(PoolCall call)
    {
        call.Watch(_cancel);
        Update(() =>
        {
            // A token that was cancelled before has ended it already.
            if (call.IsEnded || _broken is not null || _isClosed)
                call.Unwatch();
            if (_broken is not null || _isClosed)
            {
                throw (Exception?)_broken ?? new ObjectDisposedException(
                    nameof(ProcessPool),
                    $"The process pool has been disposed of and takes no more work, {call} included. "
                    + "Call before its `await using` block ends, or create another pool.");
            }

            if (!call.IsEnded)
                Enqueue(call);
        });
    }

    /// <summary>Takes no more calls; the workers end when those that are left have ended.</summary>
    public void Close() => Update(() => _isClosed = true);

    /// <summary>Ends all calls and kills all workers.</summary>
    public void Abandon() => Update(() =>
    {
        _isClosed = true;
        EndAll(call => new ObjectDisposedException(
            nameof(ProcessPool),
            $"The pool was disposed of before {call} had ended. "
            + "Await the calls before the pool's `await using` block ends, or allow more time with DisposeGrace."));
    });

    private void Cancel(PoolCall call) => Update(() =>
    {
        if (call.IsEnded)
            return;
        if (call.Holder is not { } holder || holder.TryRevoke(call))
        {
            End(call, call.Cancelled());
        }
        else if (call.Method.TakesToken && Options.CancellationGrace > TimeSpan.Zero)
        {
            holder.RequestCancellation(call);
            call.CancelDeadline = Environment.TickCount64 + (long)Options.CancellationGrace.TotalMilliseconds;
        }
        else if (holder.TryKillFor(call))
        {
            End(call, call.Cancelled());
        }
    });

    // Changes something under the gate, does what follows from it, and sends what is to be sent without the gate.
    private void Update(Action change)
    {
        lock (Gate)
        {
            change();
            Dispatch();
        }

        foreach (var ledger in _ledgers)
            ledger.Process.Outbox.Flush();
    }

    // Under the gate, as all that follows.
    private void Enqueue(PoolCall call, bool first = false)
    {
        call.Holder = null;
        if (first)
            _queue.AddFirst(call.Node);
        else
            _queue.AddLast(call.Node);
    }

    // Gives the queue to the workers that hold least, and to idle workers what others hold and have not begun.
    private void Dispatch()
    {
        while (_queue.First is { } node && LeastBusy(node.Value) is { } ledger)
        {
            _queue.Remove(node);
            ledger.Take(node.Value);
        }

        var fullest = _queue.Count == 0 ? _ledgers.MaxBy(static ledger => ledger.Held) : null;
        var isDrained = IsDrained;
        foreach (var ledger in _ledgers)
        {
            if (ledger.IsIdle && fullest?.TakeBack() is { } call)
                ledger.Take(call);
            ledger.ExitIfDone(isDrained);
        }

        // Nothing that grows with the queue: this is checked at every call.
        Debug.Assert(_queue.First?.Value.Holder is null, "A call in the queue has no worker.");
        Debug.Assert(_ledgers.All(ledger => ledger.Current?.Holder is not { } holder || holder == ledger), "A call is held by one worker.");
        Debug.Assert(_queue.Count == 0 || !_ledgers.Any(ledger => ledger.IsIdle), "No worker is idle while calls wait.");
    }

    private CallLedger? LeastBusy(PoolCall call)
    {
        CallLedger? least = null;
        foreach (var ledger in _ledgers)
        {
            if (ledger.CanTake(call) && (least is null || ledger.Held < least.Held))
                least = ledger;
        }

        return least;
    }

    private static void End(PoolCall call, Exception? error)
    {
        if (call.IsEnded)
            return;
        call.Node.List?.Remove(call.Node);
        call.End(error);
    }

    // Ends every call, wherever it is, and every worker.
    private void EndAll(Func<PoolCall, Exception> reason)
    {
        foreach (var call in _ledgers.SelectMany(ledger => ledger.Calls).Concat(_queue).ToList())
            End(call, reason(call));
        foreach (var ledger in _ledgers)
            ledger.Kill();
    }
}
