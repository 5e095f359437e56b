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
        lock (_gate)
            return !IsOver;
    }

    /// <summary>Starts a worker and has it run the initializer; it will say when it is ready.</summary>
    /// <param name="program">The worker program.</param>
    /// <param name="index">The worker's place, from 0.</param>
    /// <param name="emit">Gets each line that the process writes, and whether it came over standard error.</param>
    public CallLedger StartWorker(string program, int index, Action<string, bool> emit)
    {
        var process = WorkerProcess.Start(program, _options, _memory, index, _gate, emit);
        var ledger = new CallLedger(index + 1, process, new ControlBlock(_memory, index), _options.TasksPerWorker);
        Update(() =>
        {
            _ledgers = [.. _ledgers, ledger];
            ledger.SetUp(_options.Initializer is { } initializer ? RemoteMethod.Of(initializer) : null);
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
        lock (_gate)
            return ledger.Find(number);
    }

    /// <summary>The call that a worker runs, or is about to run.</summary>
    public PoolCall? Current(CallLedger ledger)
    {
        lock (_gate)
            return ledger.Current;
    }

    /// <summary>Ends the calls that a worker has answered, and refills it.</summary>
    public void Settle(CallLedger ledger, List<Keeper.Answer> answers) => Update(() =>
    {
        foreach (var (number, error, counts) in answers)
        {
            if (ledger.Release(number, counts) is { } call)
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
    public void BuryWorker(CallLedger ledger, WorkerEnd end)
    {
        Update(() =>
        {
            _ledgers = [.. _ledgers.Where(other => other != ledger)];

            // The last one first, and each before all others: they have waited longest.
            foreach (var (call, begun) in ledger.Close().Where(held => !held.Call.IsEnded).Reverse())
            {
                if (!begun || call.Deaths++ < _options.Retries)
                    Enqueue(call, first: true);
                else
                    End(call, new WorkerDiedException($"{call}", ledger.Number, ledger.Process.Pid, end));
            }
        });
        if (ledger.IsStarting)
            CountStartDeath(end);
    }

    /// <summary>A worker has ended before it was ready, or has not even started.</summary>
    public void CountStartDeath(WorkerEnd end) => Update(() =>
    {
        _startDeaths += end.WasKilledFromOutside ? 1 : StartDeathByItself;
        if (_startDeaths < StartDeaths || _broken is not null)
            return;
        _broken = new PoolBrokenException(end);
        EndAll(_ => _broken);
    });

    private Exception? WhyTooLong(CallLedger ledger, PoolCall call) =>
        call.CancelDeadline != 0 && Environment.TickCount64 > call.CancelDeadline ? call.Cancelled()
        : _options.TaskTimeout is { } timeout && ledger.IsOverdue(call, timeout)
            ? new TaskTimeoutException($"{call}", ledger.Number, ledger.Process.Pid, timeout)
        : null;
}
