using System.Diagnostics;

namespace ConcurrencyNotebooks;

public sealed partial class ProcessPool
{
    // Called by a keeper for each frame of its worker.
    private void Receive(WorkerProcess worker, FrameKind kind, long number, FrameReader reader)
    {
        switch (kind)
        {
            case FrameKind.Ready:
                CheckBuild(new Guid(reader.ReadBytes()));
                lock (_gate)
                {
                    worker.Ready();
                    _startDeaths = 0;
                    Dispatch();
                    CheckDrained();
                }

                HasStarted(worker);
                FlushAll();
                break;
            case FrameKind.Result:
                Answer(worker, number, reader, isResult: true);
                break;
            case FrameKind.Failure:
                Answer(worker, number, reader, isResult: false);
                break;
            case FrameKind.Skipped:
                worker.Answered.Add((number, null, false));
                break;
            case FrameKind.Progress:
                Report(worker, number, reader);
                break;
            default:
                throw new ProtocolException($"A worker cannot send {kind}.");
        }
    }

    private static void CheckBuild(Guid build)
    {
        if (build != typeof(ProcessPool).Module.ModuleVersionId)
            throw new ProtocolException("Its ConcurrencyNotebooks.dll is of another build than the one loaded here: the library was built again meanwhile. Restart this program, or the notebook's kernel.");
    }

    private void Answer(WorkerProcess worker, long number, FrameReader reader, bool isResult)
    {
        PoolCall? call;
        lock (_gate)
            call = worker.Find(number);
        worker.Answered.Add((number, call is null ? null : ReadAnswer(worker, call, reader, isResult), true));
    }

    private Exception? ReadAnswer(WorkerProcess worker, PoolCall call, FrameReader reader, bool isResult)
    {
        var (start, end) = (reader.ReadInt64(), reader.ReadInt64());
        call.Duration = Stopwatch.GetElapsedTime(start, end);
        _options.Timeline?.Add($"{call}", worker.Pid, start, end, lane: $"process {worker.Pid}");
        if (!isResult)
            return Failure.Read(reader).ToException(call, worker);

        try
        {
            call.ReadResult(reader);
            return reader.Left == 0 ? null : throw new ProtocolException($"A result has {reader.Left:N0} bytes too many.");
        }
        catch (Exception error) when (error is not (ProtocolException or IOException))
        {
            // Where the rest does not come, the worker died while it was sending, which matters more.
            reader.Skip();
            return new UnserializableResultException($"{call}", error.Message);
        }
    }

    private void Report(WorkerProcess worker, long number, FrameReader reader)
    {
        PoolCall? call;
        lock (_gate)
            call = worker.Find(number);
        call?.Report(reader.ReadInt32(), reader);
    }

    // Called by a keeper when its worker has no more to say for now: ends the calls that were answered, and refills.
    private void Settle(WorkerProcess worker)
    {
        if (worker.Answered.Count == 0)
            return;
        lock (_gate)
        {
            foreach (var (number, error, counts) in worker.Answered)
            {
                var call = worker.Find(number);
                worker.Release(number, counts);
                if (call is not null)
                    End(call, error);
            }

            worker.Answered.Clear();
            Dispatch();
            CheckDrained();
        }

        FlushAll();
    }

    // Called by a keeper several times a second: ends what has run too long.
    private void Watch(WorkerProcess worker)
    {
        lock (_gate)
        {
            foreach (var call in worker.Calls)
            {
                if (_options.TaskTimeout is { } timeout && worker.IsOverdue(call, timeout) && worker.TryKillFor(call))
                    End(call, new TaskTimeoutException($"{call}", worker.Number, worker.Pid, timeout));
                else if (call.CancelDeadline != 0 && Environment.TickCount64 > call.CancelDeadline && worker.TryKillFor(call))
                    End(call, new OperationCanceledException(call.Token));
            }

            worker.KillIfLate();
            CheckDrained();
        }
    }

    // Called by a keeper when its worker has ended, however that came about.
    private void Bury(WorkerProcess worker, WorkerEnd end)
    {
        lock (_gate)
        {
            var again = new List<PoolCall>();
            foreach (var (call, begun) in worker.Bury())
            {
                if (call.IsEnded)
                    continue;
                if (!begun || call.Deaths++ < _options.Retries)
                    again.Add(call);
                else
                    End(call, new WorkerDiedException($"{call}", worker.Number, worker.Pid, end.ExitCode, end.Reason, end.LastErrorLines));
            }

            // They have waited longest, so they come first.
            again.Reverse();
            foreach (var call in again)
            {
                call.Worker = null;
                _queue.AddFirst(call.Node);
            }

            HasStarted(worker);
            if (!worker.WasReady && !worker.WasKilled)
                CountStartDeath(end);
            Dispatch();
            CheckDrained();
        }

        FlushAll();
    }

    // Under the gate.
    private void CountStartDeath(WorkerEnd end)
    {
        _startDeaths += end.WasKilled ? 1 : StartDeathByItself;
        if (_startDeaths < StartDeaths || _broken is not null)
            return;
        _broken = new PoolBrokenException(end.Reason, end.LastErrorLines);
        EndAll(_ => _broken);
        foreach (var worker in _workers)
            worker.Kill();
    }
}
