using System.Diagnostics;

namespace ConcurrencyNotebooks;

public sealed partial class ProcessPool
{
    // One for each thread that makes calls: its memory is worth keeping from call to call.
    [ThreadStatic]
    private static FrameWriter? _writer;

    // Makes a call of a method group and its arguments and sends it on its way.
    private Task<T> Start<T>(Delegate function, CancellationToken token, params object?[] arguments)
    {
        var method = RemoteMethod.Of(function);
        var frame = MakeFrame(method, arguments, ref token);
        var call = new PoolCall<T>(method, arguments, frame, token);
        Submit(call);
        return call.Task;
    }

    private static Frame MakeFrame(RemoteMethod method, object?[] arguments, ref CancellationToken token)
    {
        var writer = _writer ??= new FrameWriter();
        writer.Begin(FrameKind.Call);
        writer.Write(method.Id);
        writer.Write(false);
        for (var i = 0; i < arguments.Length; i++)
        {
            var type = method.ParameterTypes[i];
            if (type == typeof(CancellationToken))
                token = Merge(token, (CancellationToken)arguments[i]!);
            else if (RemoteMethod.ProgressType(type) is not null)
                writer.Write(arguments[i] is not null);
            else
                WriteArgument(writer, arguments[i], type, method);
        }

        return Finish(writer, method);
    }

    private static void WriteArgument(FrameWriter writer, object? argument, Type type, RemoteMethod method)
    {
        try
        {
            Values.Write(writer, argument, type);
        }
        catch (NotSupportedException error)
        {
            throw new ArgumentException(
                $"The argument of type {argument?.GetType().Name} for {method.Name} cannot cross to another process: {error.Message}. Pass numbers, strings, arrays of these, or records with settable properties.",
                nameof(argument), error);
        }
    }

    private static Frame Finish(FrameWriter writer, RemoteMethod method)
    {
        try
        {
            return writer.ToFrame();
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"The arguments for {method.Name} are too long: {error.Message}", error);
        }
    }

    private static CancellationToken Merge(CancellationToken one, CancellationToken other) =>
        !one.CanBeCanceled || one == other ? other
        : !other.CanBeCanceled ? one
        : CancellationTokenSource.CreateLinkedTokenSource(one, other).Token;

    private void Submit(PoolCall call)
    {
        // Before it is in the queue: a token that is cancelled meanwhile ends it here, and it never gets there.
        if (call.Token.CanBeCanceled)
            call.Registration = call.Token.UnsafeRegister(state => Cancel((PoolCall)state!), call);

        lock (_gate)
        {
            if (call.IsEnded)
                return;
            if (_broken is not null || _isClosed)
            {
                call.Registration.Unregister();
                throw (Exception?)_broken ?? new ObjectDisposedException(nameof(ProcessPool), $"The process pool has been disposed of and takes no more work, {call} included. Call before its `await using` block ends, or create another pool.");
            }

            _unended++;
            _outside.AddLast(call.Node);
            LetIn();
            Dispatch();
        }

        FlushAll();
    }

    // Under the gate: moves calls into the queue as long as there is room, in the order in which they came.
    private void LetIn()
    {
        while (_inside < _limit && _outside.First is { } node)
        {
            _outside.Remove(node);
            _queue.AddLast(node);
            node.Value.IsInside = true;
            _inside++;
        }

        if (_inside >= _limit || _waitingForRoom.Count == 0)
            return;
        foreach (var waiting in _waitingForRoom)
            waiting.TrySetResult();
        _waitingForRoom.Clear();
    }

    // Under the gate: gives the queue to the workers that hold least, and what they have not begun to those with nothing.
    private void Dispatch()
    {
        while (_queue.First is { } node && Least(node.Value) is { } worker)
        {
            _queue.Remove(node);
            worker.Take(node.Value);
        }

        foreach (var worker in _workers)
        {
            if (worker.IsSpent)
                worker.Exit();
            else if (worker.IsIdle && _queue.Count == 0)
                Steal(worker);
        }

        AssertInvariants();
    }

    private WorkerProcess? Least(PoolCall call)
    {
        WorkerProcess? least = null;
        foreach (var worker in _workers)
        {
            if (worker.CanTake(call) && (least is null || worker.Held < least.Held))
                least = worker;
        }

        return least;
    }

    private void Steal(WorkerProcess thief)
    {
        WorkerProcess? victim = null;
        foreach (var worker in _workers)
        {
            if (worker.Held > Math.Max(1, victim?.Held ?? 0))
                victim = worker;
        }

        if (victim is null)
            return;
        foreach (var call in victim.TakeBack())
        {
            if (thief.CanTake(call))
                thief.Take(call);
            else
                _queue.AddLast(call.Node);
        }
    }

    private void FlushAll()
    {
        foreach (var worker in _workers)
        {
            if (worker.HasUnsent)
                worker.Flush();
        }
    }

    private void Cancel(PoolCall call)
    {
        lock (_gate)
        {
            if (call.IsEnded)
                return;

            var cancelled = new OperationCanceledException(call.Token);
            if (call.Worker is not { } worker)
            {
                End(call, cancelled);
            }
            else if (worker.TryRevoke(call))
            {
                End(call, cancelled);
            }
            else if (call.Method.TakesToken && _options.CancellationGrace > TimeSpan.Zero)
            {
                worker.RequestCancellation(call);
                call.CancelDeadline = Environment.TickCount64 + (long)_options.CancellationGrace.TotalMilliseconds;
            }
            else if (worker.TryKillFor(call))
            {
                End(call, cancelled);
            }

            CheckDrained();
        }

        FlushAll();
    }

    // Under the gate.
    private void End(PoolCall call, Exception? error)
    {
        if (call.IsEnded)
            return;

        // A token may be cancelled before its call is anywhere; then there is nothing to take it out of.
        if (call.Worker is not null || call.Node.List is not null || call.IsInside)
            _unended--;
        call.Node.List?.Remove(call.Node);
        call.IsEnded = true;
        call.Error = error;
        call.ReleaseFrame();
        if (call.IsInside)
        {
            _inside--;
            LetIn();
        }

        // Only marks the task and queues what follows it; nothing of the caller's runs in here.
        call.Publish();
    }

    [Conditional("DEBUG")]
    private void AssertInvariants()
    {
        // Nothing that grows with the queue: this is checked at every call.
        Debug.Assert(_queue.First?.Value is null or { Worker: null, IsEnded: false, IsInside: true }, "A call in the queue has no worker and has not ended.");
        Debug.Assert(_workers.All(worker => worker.Current?.Worker is null || worker.Current.Worker == worker), "A call that was sent belongs to one worker, which holds it.");
        Debug.Assert(_inside >= _queue.Count && _unended >= _inside, "What is in the queue has been let in, and what has been let in has not ended.");
        Debug.Assert(_inside <= _limit && (_inside == _limit || _outside.Count == 0), "Calls wait outside only while there is no room.");
        Debug.Assert(_queue.Count == 0 || !_workers.Any(worker => worker.IsIdle), "No worker is idle while calls wait.");
    }
}
