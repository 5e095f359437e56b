using System.Diagnostics;

namespace OutOfProcess;

/// <summary>
/// The calls that one worker process holds, in their order, and what may still be done with each. It lives as long as the
/// process. Guarded by the pool's gate, all of it.
/// </summary>
internal sealed class CallLedger(int number, WorkerProcess process, int? tasksPerWorker)
{
    // A process may need this long to end; one that needs longer hangs in somebody's code that runs at exit.
    private const int ExitMilliseconds = 2000;

    // By number modulo the slots; a call that was taken back leaves its place empty.
    private readonly (PoolCall? Call, long Bytes)[] _held = new (PoolCall?, long)[Protocol.Slots];
    private readonly HashSet<int> _defined = [];
    private readonly ControlBlock _control = process.Control;
    private Stage _stage;
    private long _first = 1;
    private long _next = 1;
    private long _bytesHeld;
    private long _tasksDone;
    private int _sent;
    private long _exitDeadline;

    private enum Stage
    {
        Starting,
        Available,
        Exiting,
        Killed,
    }

    /// <summary>The worker's place in the pool, from 1.</summary>
    public int Number => number;

    public WorkerProcess Process => process;

    /// <summary>Whether the worker has not yet been ready, and nobody has killed it.</summary>
    public bool IsStarting => _stage == Stage.Starting;

    public int Held => (int)(_next - _first);

    public bool IsIdle => CanTakeMore && Held == 0;

    /// <summary>The call that the worker runs, or is about to run.</summary>
    public PoolCall? Current => Held > 0 ? _held[_first % Protocol.Slots].Call : null;

    public IEnumerable<PoolCall> Calls => _held.Select(held => held.Call).OfType<PoolCall>();

    public WorkerSnapshot Snapshot => new(number, process.Pid, State, _tasksDone);

    private WorkerState State => _stage switch
    {
        Stage.Starting => WorkerState.Starting,
        Stage.Killed => WorkerState.Ended,
        _ when !CanTakeMore => WorkerState.Retiring,
        _ => Held > 0 && _control.Is(_first, CallState.Running) ? WorkerState.Busy : WorkerState.Idle,
    };

    private bool CanTakeMore => _stage == Stage.Available && !IsUsedUp;

    private bool IsUsedUp => _sent >= (tasksPerWorker ?? int.MaxValue);

    /// <summary>Sends the worker its first frame; it runs the initializer, if there is one.</summary>
    public void SetUp(RemoteMethod? initializer)
    {
        if (initializer is not null)
            Define(initializer);
        process.Outbox.Add(new Frame(FrameKind.Setup, initializer?.Id ?? 0));
    }

    public void MarkReady()
    {
        if (_stage == Stage.Starting)
            _stage = Stage.Available;
    }

    public bool CanTake(PoolCall call) =>
        CanTakeMore && Held < Protocol.Slots && (Held == 0 || _bytesHeld + call.Frame.Length <= Protocol.Window);

    /// <summary>Gives the worker a call; <see cref="Outbox.Flush"/> outside of the gate then writes it.</summary>
    public void Take(PoolCall call)
    {
        Debug.Assert(CanTake(call), "A worker gets only what it has room for.");
        Define(call.Method);
        (call.Holder, call.Number) = (this, _next);
        _held[_next % Protocol.Slots] = (call, call.Frame.Length);
        _bytesHeld += call.Frame.Length;
        _control.Announce(_next);
        call.Frame.SetNumber(_next);
        if (call.Frame.Length > Protocol.Window)
            call.HoldFrame();
        process.Outbox.Add(call.Frame);
        _next++;
        _sent++;
    }

    /// <summary>Takes back the oldest call that the worker has not begun; null when there is none.</summary>
    public PoolCall? TakeBack()
    {
        for (var call = _first + 1; call < _next; call++)
        {
            if (_held[call % Protocol.Slots].Call is { } waiting && TryRevoke(waiting))
                return waiting;
        }

        return null;
    }

    /// <summary>Takes one call back; false when the worker has begun it.</summary>
    public bool TryRevoke(PoolCall call)
    {
        if (!TryForget(call, CallState.Waiting, CallState.Revoked))
            return false;
        _sent--;
        return true;
    }

    /// <summary>Kills the process for a call that is still running; false when the call had ended.</summary>
    public bool TryKillFor(PoolCall call)
    {
        if (!TryForget(call, CallState.Running, CallState.Killed))
            return false;
        Kill();
        return true;
    }

    public void RequestCancellation(PoolCall call) => _control.RequestCancellation(call.Number);

    /// <summary>Whether the call has run longer than allowed.</summary>
    public bool IsOverdue(PoolCall call, TimeSpan timeout) =>
        _control.Is(call.Number, CallState.Running)
        && Stopwatch.GetElapsedTime(_control.Started(call.Number)) > timeout;

    /// <summary>Asks a worker that holds no call to end, where it may get none any more.</summary>
    /// <param name="isDrained">Whether no worker of the pool may get one.</param>
    public void ExitIfDone(bool isDrained)
    {
        if (_stage != Stage.Available || Held > 0 || !(isDrained || IsUsedUp))
            return;
        _stage = Stage.Exiting;
        _exitDeadline = Environment.TickCount64 + ExitMilliseconds;
        process.Outbox.Add(new Frame(FrameKind.Exit));
    }

    /// <summary>Kills a worker that was asked to end and has not.</summary>
    public void KillIfLate()
    {
        if (_stage == Stage.Exiting && Environment.TickCount64 > _exitDeadline)
            Kill();
    }

    public void Kill()
    {
        _stage = Stage.Killed;
        process.Kill();
    }

    /// <summary>The call of that number; null when it has been taken back.</summary>
    public PoolCall? Find(long number) => number >= _first && number < _next
        ? _held[number % Protocol.Slots].Call
        : throw new ProtocolException(
            $"The worker answered call {number} but holds {(Held == 0 ? "none" : $"calls {_first} to {_next - 1}")}.");

    /// <summary>Notes that the worker has ended its oldest call, or has passed over it; returns what <see cref="Find"/> does.</summary>
    public PoolCall? Release(long number, bool wasRun)
    {
        var call = Find(number);
        if (number != _first)
            throw new ProtocolException($"The worker answered call {number} before call {_first}.");
        _bytesHeld -= _held[number % Protocol.Slots].Bytes;
        _held[number % Protocol.Slots] = default;
        _first++;
        _tasksDone += wasRun ? 1 : 0;
        return call;
    }

    /// <summary>After the death of the process: the calls that it held, the last one first, and whether it had begun each.</summary>
    public IEnumerable<(PoolCall Call, bool Begun)> Remains() => Calls
        .Select(call => (call, !_control.Is(call.Number, CallState.Waiting)))
        .OrderByDescending(held => held.call.Number);

    private void Define(RemoteMethod method)
    {
        if (_defined.Add(method.Id))
            process.Outbox.Add(method.Definition);
    }

    private bool TryForget(PoolCall call, CallState from, CallState to)
    {
        if (!_control.TryStep(call.Number, from, to))
            return false;
        _held[call.Number % Protocol.Slots].Call = null;
        call.Holder = null;
        return true;
    }
}
