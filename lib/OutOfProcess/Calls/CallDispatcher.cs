using System.Diagnostics;

namespace OutOfProcess;

/// <summary>
/// The middle of a pool: the queue, what each worker holds, and all decisions about them, under one gate. It does not know
/// the <see cref="ProcessPool"/>, which can therefore be collected while the keepers' threads still hold this.
/// </summary>
internal sealed partial class CallDispatcher : IDisposable
{
    private readonly Lock _gate = new();
    private readonly LinkedList<PoolCall> _queue = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<object?> _cancel;
    private readonly ProcessPoolOptions _options;
    private readonly ControlBlock _control;
    private readonly CallLedger[] _ledgers;
    private int _keepers;
    private int _unfinished;
    private int _startDeaths;
    private bool _isClosed;
    private PoolBrokenException? _broken;

    /// <exception cref="IOException">There is no memory to share with the workers.</exception>
    public CallDispatcher(ProcessPoolOptions options)
    {
        _options = options;
        _cancel = call => Cancel((PoolCall)call!);
        _control = ControlBlock.Create(options.Workers);
        _ledgers = [.. Enumerable.Range(0, options.Workers).Select(MakeLedger)];
    }

    /// <summary>Completes when the last worker is gone.</summary>
    public Task Ended => _ended.Task;

    private bool IsDrained => _isClosed && _unfinished == 0;

    /// <summary>Starts a keeper for each worker.</summary>
    /// <exception cref="OutOfMemoryException">There is no thread for a keeper; those that have started end.</exception>
    public void Start(string program)
    {
        _keepers = _ledgers.Length;
        for (var started = 0; started < _ledgers.Length; started++)
        {
            try
            {
                new Keeper(this, _options, program, started).Start();
            }
            catch
            {
                Abandon();
                for (; started < _ledgers.Length; started++)
                    Leave();
                throw;
            }
        }
    }

    public List<WorkerSnapshot> Snapshot()
    {
        lock (_gate)
            return [.. _ledgers.Select(ledger => new WorkerSnapshot(ledger.Number, ledger.Process.Pid, ledger.State, ledger.TasksDone))];
    }

    /// <exception cref="ObjectDisposedException">The pool takes no more calls.</exception>
    /// <exception cref="PoolBrokenException">The workers cannot start.</exception>
    public void Submit(PoolCall call)
    {
        // Before the call is in the queue: a token that is cancelled meanwhile ends it here, and it never gets there.
        call.RegisterTokens(_cancel);
        lock (_gate)
        {
            var isRefused = _broken is not null || _isClosed;
            if (isRefused || call.Phase == CallPhase.Ended)
                call.UnregisterTokens();
            if (call.Phase == CallPhase.Ended)
                return;
            if (isRefused)
            {
                throw (Exception?)_broken ?? new ObjectDisposedException(
                    nameof(ProcessPool),
                    $"The process pool has been disposed of and takes no more work, {call} included. "
                    + "Call before its `await using` block ends, or create another pool.");
            }

            _unfinished++;
            Enqueue(call);
            Dispatch();
        }

        FlushAll();
    }

    /// <summary>Takes no more calls; the workers end when those that are left have ended.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            EndIdleWorkersIfDrained();
        }

        FlushAll();
    }

    /// <summary>Ends all calls and kills all workers.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            _isClosed = true;
            EndAll(call => new ObjectDisposedException(
                nameof(ProcessPool),
                $"The pool was disposed of before {call} had ended. "
                + "Await the calls before the pool's `await using` block ends, or allow more time with DisposeGrace."));
        }
    }

    public void Dispose()
    {
        _control.Dispose();
        _starts.Dispose();
    }

    private CallLedger MakeLedger(int index) =>
        new(index, new WorkerProcess(_gate, _options, _control, index), _control, _options.TasksPerWorker);

    // Under the gate, as all that follows.
    private void Enqueue(PoolCall call, bool first = false)
    {
        (call.Phase, call.Holder) = (CallPhase.Queued, null);
        if (first)
            _queue.AddFirst(call.Node);
        else
            _queue.AddLast(call.Node);
    }

    // Gives the queue to the workers that hold least, and to idle workers what others hold and have not begun.
    private void Dispatch()
    {
        do
        {
            while (_queue.First is { } node && LeastBusy(node.Value) is { } ledger)
            {
                _queue.Remove(node);
                ledger.Take(node.Value);
            }
        }
        while (_queue.Count == 0 && TryTakeBackForIdle());

        foreach (var ledger in _ledgers)
        {
            if (ledger.IsSpent)
                ledger.Exit();
        }

        EndIdleWorkersIfDrained();
        AssertInvariants();
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

    private bool TryTakeBackForIdle()
    {
        var anyIdle = false;
        CallLedger? victim = null;
        foreach (var ledger in _ledgers)
        {
            anyIdle |= ledger.IsIdle;
            if (ledger.Held > Math.Max(1, victim?.Held ?? 0))
                victim = ledger;
        }

        if (!anyIdle || victim is null)
            return false;
        foreach (var call in victim.TakeBack())
            Enqueue(call);
        return _queue.Count > 0;
    }

    private void FlushAll()
    {
        foreach (var ledger in _ledgers)
        {
            if (ledger.Process.Outbox.HasUnsent)
                ledger.Process.Outbox.Flush();
        }
    }

    private void Cancel(PoolCall call)
    {
        lock (_gate)
        {
            if (call.Phase == CallPhase.Ended)
                return;

            if (call.Holder is not { } holder || holder.TryRevoke(call))
            {
                End(call, call.Cancelled());
            }
            else if (call.Method.TakesToken && _options.CancellationGrace > TimeSpan.Zero)
            {
                holder.RequestCancellation(call);
                call.CancelDeadline = Environment.TickCount64 + (long)_options.CancellationGrace.TotalMilliseconds;
            }
            else if (holder.TryKillFor(call))
            {
                End(call, call.Cancelled());
            }

            EndIdleWorkersIfDrained();
        }

        FlushAll();
    }

    private void End(PoolCall call, Exception? error)
    {
        if (call.Phase == CallPhase.Ended)
            return;
        if (call.Phase != CallPhase.Made)
            _unfinished--;
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

    private void EndIdleWorkersIfDrained()
    {
        if (!IsDrained)
            return;
        foreach (var ledger in _ledgers)
        {
            if (ledger.IsIdle)
                ledger.Exit();
        }
    }

    [Conditional("DEBUG")]
    private void AssertInvariants()
    {
        // Nothing that grows with the queue: this is checked at every call.
        Debug.Assert(_queue.First?.Value.Holder is null, "A call in the queue has no worker.");
        Debug.Assert(_ledgers.All(ledger => ledger.Current?.Holder is not { } holder || holder == ledger), "A call is held by one worker.");
        Debug.Assert(_unfinished >= _queue.Count, "All calls in the queue are unfinished.");
        Debug.Assert(_queue.Count == 0 || !_ledgers.Any(ledger => ledger.IsIdle), "No worker is idle while calls wait.");
    }
}
