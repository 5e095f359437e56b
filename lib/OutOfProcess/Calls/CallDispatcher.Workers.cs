namespace OutOfProcess;

// What the keepers tell the dispatcher, each on a thread of its own.
internal sealed partial class CallDispatcher
{
    // How many workers in a row may die before they are ready: 5 by themselves, or 50 by somebody's kill -9.
    private const int StartDeaths = 50;
    private const int StartDeathByItself = 10;

    /// <summary>Whether a place needs a worker, or another one.</summary>
    public bool NeedsWorker()
    {
        lock (Gate)
            return !IsOver;
    }

    /// <summary>A worker process has started: has it run the initializer; it will say when it is ready.</summary>
    public CallLedger AddWorker(WorkerProcess process, int number)
    {
        var ledger = new CallLedger(number, process, Options.TasksPerWorker);
        Update(() =>
        {
            _ledgers = [.. _ledgers, ledger];
            ledger.SetUp(Options.Initializer is { } initializer ? RemoteMethod.Of(initializer) : null);
            if (IsOver)
                ledger.Kill();
        });
        return ledger;
    }

    /// <summary>A worker has run its initializer and takes calls.</summary>
    public void WelcomeWorker(CallLedger ledger) => Update(() =>
    {
        ledger.MarkReady();
        _startDeaths = 0;
    });

    /// <summary>The call of that number which a worker holds; null when it has been taken back.</summary>
    public PoolCall? Find(CallLedger ledger, long number)
    {
        lock (Gate)
            return ledger.Find(number);
    }

    /// <summary>The call that a worker runs, or is about to run.</summary>
    public PoolCall? Current(CallLedger ledger)
    {
        lock (Gate)
            return ledger.Current;
    }

    /// <summary>Ends the calls that a worker has answered or passed over, and refills it.</summary>
    public void Settle(CallLedger ledger, List<(long Number, Exception? Error, bool WasRun)> answers) => Update(() =>
    {
        foreach (var (number, error, wasRun) in answers)
        {
            if (ledger.Release(number, wasRun) is { } call)
                End(call, error);
        }
    });

    /// <summary>Several times a second: ends what has run too long.</summary>
    public void Tick(CallLedger ledger) => Update(() =>
    {
        if (ledger.Current is { } call && WhyTooLong(ledger, call) is { } error && ledger.TryKillFor(call))
            End(call, error);
        ledger.KillIfLate();
    });

    /// <summary>A worker has ended, however that came about: what it had begun fails, the rest runs elsewhere.</summary>
    /// <param name="ledger">Null when it has not even started.</param>
    /// <param name="end">How it ended.</param>
    public void BuryWorker(CallLedger? ledger, WorkerEnd end) => Update(() =>
    {
        if (ledger is not null)
        {
            _ledgers = [.. _ledgers.Where(other => other != ledger)];

            // Before all others, since they have waited longest.
            foreach (var (call, begun) in ledger.Remains().Where(held => !held.Call.IsEnded))
            {
                if (!begun || call.Deaths++ < Options.Retries)
                    Enqueue(call, first: true);
                else
                    End(call, new WorkerDiedException($"{call}", ledger.Number, ledger.Process.Pid, end));
            }
        }

        if (ledger is { IsStarting: false } || _broken is not null)
            return;
        _startDeaths += end.WasKilledFromOutside ? 1 : StartDeathByItself;
        if (_startDeaths >= StartDeaths)
        {
            _broken = new PoolBrokenException(end);
            EndAll(_ => _broken);
        }
    });

    private Exception? WhyTooLong(CallLedger ledger, PoolCall call) =>
        call.CancelDeadline != 0 && Environment.TickCount64 > call.CancelDeadline ? call.Cancelled()
        : Options.TaskTimeout is { } timeout && ledger.IsOverdue(call, timeout)
            ? new TaskTimeoutException($"{call}", ledger.Number, ledger.Process.Pid, timeout)
        : null;
}
