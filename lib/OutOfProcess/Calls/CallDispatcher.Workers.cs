namespace OutOfProcess;

// What the keepers tell the dispatcher, each on a thread of its own.
internal sealed partial class CallDispatcher
{
    // How many workers in a row may die before they are ready: 5 by themselves, or 50 by somebody's kill -9.
    private const int StartDeaths = 50;
    private const int StartDeathByItself = 10;

    // Half as many processes start at a time as there are cores: more would only make all of them late, the first result too.
    // One whose initializer takes long holds up the next for no longer than this.
    private static readonly TimeSpan LongestWaitToStart = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _starts = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Waits until another worker may start; false when it may start although it holds no place.</summary>
    public bool TryHoldStart() => _starts.Wait(LongestWaitToStart);

    public void ReleaseStart() => _starts.Release();

    /// <summary>A new worker for this place; null when the pool needs none any more.</summary>
    public CallLedger? BeginWorker(int index)
    {
        lock (_gate)
        {
            if (_broken is not null || IsDrained)
            {
                // A pool that was closed at once may never have started this one; it is to be seen as ended all the same.
                _ledgers[index].Close();
                return null;
            }

            return _ledgers[index] = MakeLedger(index);
        }
    }

    /// <summary>A worker has run its initializer and takes calls.</summary>
    public void WelcomeWorker(CallLedger ledger)
    {
        lock (_gate)
        {
            ledger.MarkReady();
            _startDeaths = 0;
            Dispatch();
        }

        FlushAll();
    }

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
    public void Settle(CallLedger ledger, List<Keeper.Answer> answers)
    {
        lock (_gate)
        {
            foreach (var (number, error, counts) in answers)
            {
                var call = ledger.Find(number);
                ledger.Release(number, counts);
                if (call is not null)
                    End(call, error);
            }

            Dispatch();
        }

        FlushAll();
    }

    /// <summary>Several times a second: ends what has run too long.</summary>
    public void Tick(CallLedger ledger)
    {
        lock (_gate)
        {
            foreach (var call in ledger.Calls)
            {
                if (_options.TaskTimeout is { } timeout && ledger.IsOverdue(call, timeout) && ledger.TryKillFor(call))
                    End(call, new TaskTimeoutException($"{call}", ledger.Number, ledger.Process.Pid, timeout));
                else if (call.CancelDeadline != 0 && Environment.TickCount64 > call.CancelDeadline && ledger.TryKillFor(call))
                    End(call, call.Cancelled());
            }

            ledger.KillIfLate();
            EndIdleWorkersIfDrained();
        }

        FlushAll();
    }

    /// <summary>A worker has ended, however that came about: what it had begun fails, the rest runs elsewhere.</summary>
    public void BuryWorker(CallLedger ledger, WorkerEnd end)
    {
        lock (_gate)
        {
            var again = new List<PoolCall>();
            foreach (var (call, begun) in ledger.Close())
            {
                if (call.Phase == CallPhase.Ended)
                    continue;
                if (!begun || call.Deaths++ < _options.Retries)
                    again.Add(call);
                else
                    End(call, new WorkerDiedException($"{call}", ledger.Number, ledger.Process.Pid, end));
            }

            // They have waited longest, so they come first.
            again.Reverse();
            foreach (var call in again)
                Enqueue(call, first: true);
            if (!ledger.WasReady && !ledger.WasKilled)
                CountStartDeath(end);
            Dispatch();
        }

        FlushAll();
    }

    /// <summary>A keeper ends; the last one lets go of the shared memory.</summary>
    public void Leave()
    {
        lock (_gate)
        {
            if (--_keepers > 0)
                return;
            Dispose();
        }

        _ended.TrySetResult();
    }

    // Under the gate.
    private void CountStartDeath(WorkerEnd end)
    {
        _startDeaths += end.WasKilledFromOutside ? 1 : StartDeathByItself;
        if (_startDeaths < StartDeaths || _broken is not null)
            return;
        _broken = new PoolBrokenException(end);
        EndAll(_ => _broken);
    }
}
