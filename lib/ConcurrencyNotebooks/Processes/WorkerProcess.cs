using System.Diagnostics;

namespace ConcurrencyNotebooks;

/// <summary>
/// The pool's side of one worker process: what was sent to it, what it answers, how it ends. <see cref="Live"/> belongs
/// to the keeper's thread; members under "guarded" are touched under the pool's gate only.
/// </summary>
internal sealed partial class WorkerProcess : IDisposable
{
    private readonly Lock _gate;
    private readonly ControlBlock _control;
    private readonly ProcessPoolOptions _options;
    private readonly int _index;

    // A process may need this long to end; one that needs longer hangs in somebody's code that runs at exit.
    private const int ExitMilliseconds = 2000;

    // Guarded: the calls that it holds, by number modulo the slots; a call that was taken back leaves its place empty.
    private readonly (PoolCall? Call, long Bytes)[] _held = new (PoolCall?, long)[Protocol.Slots];
    private readonly HashSet<int> _defined = [];
    private readonly FrameWriter _frames = new();
    private MemoryStream _unsent = new();
    private MemoryStream _sending = new();
    private Frame? _large;
    private long _first = 1;
    private long _next = 1;
    private long _bytesHeld;
    private int _sent;
    private long _exitDeadline;
    private volatile bool _hasUnsent;
    private bool _isWriting;
    private bool _isReady;
    private bool _isExiting;
    private bool _isEnded;
    private bool _isKilled;

    private int _pipeCapacity;
    private PipedProcess? _worker;

    public WorkerProcess(Lock gate, ControlBlock control, ProcessPoolOptions options, int index) =>
        (_gate, _control, _options, _index) = (gate, control, options, index);

    public int Number => _index + 1;

    public int Pid { get; private set; }

    public bool WasReady { get; private set; }

    /// <summary>Whether it counts among the processes that start at this moment; the keeper's own.</summary>
    public bool HoldsStart { get; set; }

    public bool WasKilled => _isKilled;

    public long TasksDone { get; private set; }

    /// <summary>What it has answered and the pool has not dealt with; the keeper's own.</summary>
    public List<(long Number, Exception? Error, bool Counts)> Answered { get; } = [];

    /// <summary>Calls that it holds, whether running or not. Guarded, as is what follows.</summary>
    public int Held => (int)(_next - _first);

    public bool IsIdle => CanTakeMore && Held == 0;

    /// <summary>Whether <see cref="Flush"/> may have something to do; may be asked outside of the gate.</summary>
    public bool HasUnsent => _hasUnsent;

    /// <summary>Whether it has done all that one process may do.</summary>
    public bool IsSpent => IsAvailable && IsUsedUp && Held == 0;

    /// <summary>The calls that it holds and that were not taken back, in their order.</summary>
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

    private bool CanTakeMore => IsAvailable && !IsUsedUp;

    private bool IsAvailable => _isReady && !_isExiting && !_isEnded && !_isKilled;

    private bool IsUsedUp => _sent >= (_options.TasksPerWorker ?? int.MaxValue);

    public WorkerState State =>
        _isEnded || _isKilled ? WorkerState.Ended
        : !_isReady ? WorkerState.Starting
        : !CanTakeMore ? WorkerState.Retiring
        : Held > 0 && _control.Is(_index, _first, CallState.Running) ? WorkerState.Busy : WorkerState.Idle;

    public bool CanTake(PoolCall call) =>
        CanTakeMore && Held < Protocol.Slots && (Held == 0 || _bytesHeld + call.Frame.Length <= Protocol.Window);

    /// <summary>Gives it a call; <see cref="Flush"/> outside of the gate then writes it.</summary>
    public void Take(PoolCall call)
    {
        Debug.Assert(CanTake(call), "A worker gets only what it has room for.");
        _hasUnsent = true;
        if (_defined.Add(call.Method.Id))
            _unsent.Write(call.Method.Definition.Small);

        (call.Worker, call.Number) = (this, _next);
        _held[_next % Protocol.Slots] = (call, call.Frame.Length);
        _bytesHeld += call.Frame.Length;
        _control.Announce(_index, _next);

        // The number is the worker's own count, so it can only be written now.
        BitConverter.TryWriteBytes(call.Frame.Small.AsSpan(8), _next);
        if (call.Frame.Length <= Protocol.Window)
        {
            call.Frame.SendTo(_unsent);
        }
        else
        {
            call.HoldFrame();
            _large = call.Frame;
        }

        _next++;
        _sent++;
    }

    /// <summary>Takes back calls that the worker has not begun, the oldest first, since these have waited longest; at most half of what it holds.</summary>
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
        Debug.Assert(call.Worker == this, "A call is taken back from the worker that has it.");
        if (!_control.TryStep(_index, call.Number, CallState.Waiting, CallState.Revoked))
            return false;
        Forget(call);
        _sent--;
        return true;
    }

    /// <summary>Kills the process for a call that is still running; false when the call had ended.</summary>
    public bool TryKillFor(PoolCall call)
    {
        if (!_control.TryStep(_index, call.Number, CallState.Running, CallState.Killed))
            return false;
        Forget(call);
        Kill();
        return true;
    }

    public void RequestCancellation(PoolCall call) => _control.RequestCancellation(_index, call.Number);

    /// <summary>Asks it to end when it has nothing left to do.</summary>
    public void Exit()
    {
        Debug.Assert(IsAvailable && Held == 0, "Only an idle worker is sent home.");
        _isExiting = true;
        _hasUnsent = true;
        _exitDeadline = Environment.TickCount64 + ExitMilliseconds;
        _frames.Begin(FrameKind.Exit);
        _frames.SendTo(_unsent);
    }

    /// <summary>Kills it if it was sent home and has not gone.</summary>
    public void KillIfLate()
    {
        if (_isExiting && Environment.TickCount64 > _exitDeadline)
            Kill();
    }

    public void Kill()
    {
        _isKilled = true;
        if (_worker is { } worker)
            Kill(worker.Process);
    }

    /// <summary>Whether the call has run longer than allowed.</summary>
    public bool IsOverdue(PoolCall call, TimeSpan timeout) =>
        _control.Is(_index, call.Number, CallState.Running)
        && Stopwatch.GetElapsedTime(_control.Started(_index, call.Number)) > timeout;

    /// <summary>The call that it is on, or is about to be.</summary>
    public PoolCall? Current => Held > 0 ? _held[_first % Protocol.Slots].Call : null;

    /// <summary>The call of that number, if it has not been taken back.</summary>
    public PoolCall? Find(long number) => number >= _first && number < _next
        ? _held[number % Protocol.Slots].Call
        : throw new ProtocolException($"It spoke of call {number}, and holds {_first} to {_next - 1}.");

    /// <summary>Notes that the worker is done with its oldest call, or has passed over it.</summary>
    public void Release(long number, bool counts)
    {
        if (number != _first || Held == 0)
            throw new ProtocolException($"It ended call {number} before call {_first}.");
        _bytesHeld -= _held[number % Protocol.Slots].Bytes;
        _held[number % Protocol.Slots] = default;
        _first++;
        TasksDone += counts ? 1 : 0;
    }

    public void Ready() => WasReady = _isReady = true;

    /// <summary>After its death: the calls it held, and whether it had begun each.</summary>
    public List<(PoolCall Call, bool Begun)> Bury()
    {
        _isEnded = true;
        var calls = new List<(PoolCall, bool)>();
        for (; _first < _next; _first++)
        {
            if (_held[_first % Protocol.Slots].Call is { } call)
                calls.Add((call, !_control.Is(_index, _first, CallState.Waiting)));
        }

        _control.Clear(_index);
        return calls;
    }

    /// <summary>
    /// Writes what has been taken. One thread writes at a time and the others leave theirs to it, which also puts many
    /// small calls into one system call. Not guarded.
    /// </summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_isWriting || (_unsent.Length == 0 && _large is null) || _worker is null)
                return;
            _isWriting = true;
        }

        Write(mayBlock: false);
    }

    private void Write(bool mayBlock)
    {
        while (true)
        {
            Frame? large;
            lock (_gate)
            {
                if (_large is not null && _large.Length > _pipeCapacity / 2 && !mayBlock)
                {
                    // More than the pipe holds: this waits for the worker to read, which must not hold up a caller.
                    new Thread(() => Write(mayBlock: true)) { IsBackground = true, Name = $"pool worker {Number} writer" }.UnsafeStart();
                    return;
                }

                (large, _large) = (_large, null);
                (_unsent, _sending) = (_sending, _unsent);
                if (_sending.Length == 0 && large is null)
                {
                    _isWriting = false;
                    _hasUnsent = false;
                    return;
                }
            }

            try
            {
                var calls = _worker!.Calls;
                calls.Write(_sending.GetBuffer().AsSpan(0, (int)_sending.Length));
                large?.LendTo(calls);
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                // The worker is dead; the keeper learns that from the other pipe and sees to its calls.
            }

            _sending.SetLength(0);
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended already, which is what was wanted.
        }
    }

    private void Forget(PoolCall call)
    {
        _held[call.Number % Protocol.Slots].Call = null;
        call.Worker = null;
    }
}
