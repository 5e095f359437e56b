using System.Diagnostics;

namespace OutOfProcess;

/// <summary>
/// The calls that one worker process holds, in their order, and what may still be done with each. It lives as long as the
/// process. Guarded by the pool's gate, all of it.
/// </summary>
internal sealed class CallLedger(int index, WorkerProcess process, ControlBlock control, int? tasksPerWorker)
{
    // A process may need this long to end; one that needs longer hangs in somebody's code that runs at exit.
    private const int ExitMilliseconds = 2000;

    // By number modulo the slots; a call that was taken back leaves its place empty.
    private readonly (PoolCall? Call, long Bytes)[] _held = new (PoolCall?, long)[Protocol.Slots];
    private readonly HashSet<int> _defined = [];
    private Stage _stage;
    private long _first = 1;
    private long _next = 1;
    private long _bytesHeld;
    private int _sent;
    private long _exitDeadline;

    private enum Stage
    {
        Starting,
        Available,
        Exiting,
        Killed,
        Ended,
    }

    /// <summary>The worker's place in the pool, from 1.</summary>
    public int Number => index + 1;

    public WorkerProcess Process => process;

    public bool WasReady { get; private set; }

    public bool WasKilled { get; private set; }

    public long TasksDone { get; private set; }

    /// <summary>The number of calls that the worker holds, whether running or not.</summary>
    public int Held => (int)(_next - _first);

    public bool IsIdle => CanTakeMore && Held == 0;

    /// <summary>Whether the worker has reached <see cref="ProcessPoolOptions.TasksPerWorker"/> and holds no call.</summary>
    public bool IsSpent => _stage == Stage.Available && IsUsedUp && Held == 0;

    /// <summary>The call that the worker runs, or is about to run.</summary>
    public PoolCall? Current => Held > 0 ? _held[_first % Protocol.Slots].Call : null;

    /// <summary>The calls that the worker holds and that were not taken back, in their order.</summary>
    public IEnumerable<PoolCall> Calls
    {
        get
        {
            for (var number = _first; number < _next; number++)
            {
                if (_held[number % Protocol.Slots].Call is { } call)
                    yield return call;
            }
        }
    }

    public WorkerState State => _stage switch
    {
        Stage.Starting => WorkerState.Starting,
        Stage.Killed or Stage.Ended => WorkerState.Ended,
        _ when !CanTakeMore => WorkerState.Retiring,
        _ => Held > 0 && control.Is(index, _first, CallState.Running) ? WorkerState.Busy : WorkerState.Idle,
    };

    private bool CanTakeMore => _stage == Stage.Available && !IsUsedUp;

    private bool IsUsedUp => _sent >= (tasksPerWorker ?? int.MaxValue);

    public void MarkReady()
    {
        WasReady = true;
        if (_stage == Stage.Starting)
            _stage = Stage.Available;
    }

    public bool CanTake(PoolCall call) =>
        CanTakeMore && Held < Protocol.Slots && (Held == 0 || _bytesHeld + call.Frame.Length <= Protocol.Window);

    /// <summary>Gives the worker a call; <see cref="Outbox.Flush"/> outside of the gate then writes it.</summary>
    public void Take(PoolCall call)
    {
        Debug.Assert(CanTake(call), "A worker gets only what it has room for.");
        if (_defined.Add(call.Method.Id))
            process.Outbox.Add(call.Method.Definition);

        (call.Phase, call.Holder, call.Number) = (CallPhase.Sent, this, _next);
        _held[_next % Protocol.Slots] = (call, call.Frame.Length);
        _bytesHeld += call.Frame.Length;
        control.Announce(index, _next);

        // The number is the worker's own count, so it can only be written now.
        BitConverter.TryWriteBytes(call.Frame.Small.AsSpan(8), _next);
        if (call.Frame.Length > Protocol.Window)
            call.HoldFrame();
        process.Outbox.Add(call.Frame);
        _next++;
        _sent++;
    }

    /// <summary>
    /// Takes back calls that the worker has not begun, the oldest first, since these have waited longest; at most half of
    /// the calls that it holds.
    /// </summary>
    public List<PoolCall> TakeBack()
    {
        var calls = new List<PoolCall>();
        for (var number = _first + 1; number < _next && calls.Count < Held / 2; number++)
        {
            if (_held[number % Protocol.Slots].Call is { } call && TryRevoke(call))
                calls.Add(call);
        }

        return calls;
    }

    /// <summary>Takes one call back; false when the worker has begun it.</summary>
    public bool TryRevoke(PoolCall call)
    {
        Debug.Assert(call.Holder == this, "A call is taken back from the worker that holds it.");
        if (!control.TryStep(index, call.Number, CallState.Waiting, CallState.Revoked))
            return false;
        Forget(call);
        _sent--;
        return true;
    }

    /// <summary>Kills the process for a call that is still running; false when the call had ended.</summary>
    public bool TryKillFor(PoolCall call)
    {
        if (!control.TryStep(index, call.Number, CallState.Running, CallState.Killed))
            return false;
        Forget(call);
        Kill();
        return true;
    }

    public void RequestCancellation(PoolCall call) => control.RequestCancellation(index, call.Number);

    /// <summary>Whether the call has run longer than allowed.</summary>
    public bool IsOverdue(PoolCall call, TimeSpan timeout) =>
        control.Is(index, call.Number, CallState.Running)
        && Stopwatch.GetElapsedTime(control.Started(index, call.Number)) > timeout;

    /// <summary>Asks an idle worker to end.</summary>
    public void Exit()
    {
        Debug.Assert(_stage == Stage.Available && Held == 0, "Only an idle worker is asked to end.");
        _stage = Stage.Exiting;
        _exitDeadline = Environment.TickCount64 + ExitMilliseconds;
        process.Outbox.Add(Frame.Bare(FrameKind.Exit));
    }

    /// <summary>Kills a worker that was asked to end and has not.</summary>
    public void KillIfLate()
    {
        if (_stage == Stage.Exiting && Environment.TickCount64 > _exitDeadline)
            Kill();
    }

    public void Kill()
    {
        WasKilled = true;
        if (_stage != Stage.Ended)
            _stage = Stage.Killed;
        process.Kill();
    }

    /// <summary>The call of that number; null when it has been taken back.</summary>
    public PoolCall? Find(long number) => number >= _first && number < _next
        ? _held[number % Protocol.Slots].Call
        : throw new ProtocolException(
            $"The worker answered call {number} but holds {(Held == 0 ? "none" : $"calls {_first} to {_next - 1}")}.");

    /// <summary>Notes that the worker has ended its oldest call, or has passed over it.</summary>
    public void Release(long number, bool counts)
    {
        if (number != _first || Held == 0)
            throw new ProtocolException($"The worker answered call {number} before call {_first}.");
        _bytesHeld -= _held[number % Protocol.Slots].Bytes;
        _held[number % Protocol.Slots] = default;
        _first++;
        TasksDone += counts ? 1 : 0;
    }

    /// <summary>After the death of the process: the calls that it held, and whether it had begun each.</summary>
    public List<(PoolCall Call, bool Begun)> Close()
    {
        _stage = Stage.Ended;
        var calls = new List<(PoolCall, bool)>();
        for (; _first < _next; _first++)
        {
            if (_held[_first % Protocol.Slots].Call is { } call)
                calls.Add((call, !control.Is(index, _first, CallState.Waiting)));
        }

        control.Clear(index);
        return calls;
    }

    private void Forget(PoolCall call)
    {
        _held[call.Number % Protocol.Slots].Call = null;
        call.Holder = null;
    }
}
