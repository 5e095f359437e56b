using System.Diagnostics;
using System.Globalization;

namespace OutOfProcess;

/// <summary>One call, from its submission to its end. Guarded by the pool's gate, but for what never changes.</summary>
internal abstract class PoolCall
{
    // The pool's token, and those among the arguments.
    private readonly CancellationToken[] _tokens;
    private CancellationTokenRegistration[] _registrations = [];
    private bool _holdsFrame;

    protected PoolCall(RemoteMethod method, object?[] arguments, CancellationToken token)
    {
        (Method, Arguments, Frame) = (method, arguments, method.CallWith(arguments));
        _tokens = method.TakesToken ? [token, .. arguments.OfType<CancellationToken>()] : token.CanBeCanceled ? [token] : [];
        Node = new LinkedListNode<PoolCall>(this);
    }

    public RemoteMethod Method { get; }

    public object?[] Arguments { get; }

    public Frame Frame { get; }

    /// <summary>The call's place in the queue, while it waits there.</summary>
    public LinkedListNode<PoolCall> Node { get; }

    /// <summary>The worker that holds the call, while it is sent, and the call's number there.</summary>
    public CallLedger? Holder { get; set; }

    public long Number { get; set; }

    /// <summary>Whether the caller has been told how the call ended.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>How many workers died while they ran the call.</summary>
    public int Deaths { get; set; }

    /// <summary>When the worker is killed if the call has not reacted to its token by then; 0 while nobody cancelled.</summary>
    public long CancelDeadline { get; set; }

    /// <summary>What flows with the caller, such as the notebook cell that the call's output belongs to.</summary>
    public ExecutionContext? Context { get; } = ExecutionContext.Capture();

    /// <summary>The time that the call ran in its worker.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>The bytes of call and result.</summary>
    public long Bytes { get; private set; }

    /// <summary>Calls back when a token is cancelled, or at once. Without the gate, which the callback takes.</summary>
    public void Watch(Action<object?> cancel)
    {
        // Not one linked source for several: it would stay registered with the caller's tokens for as long as they live.
        Array.Resize(ref _registrations, _tokens.Length);
        for (var i = 0; i < _tokens.Length; i++)
            _registrations[i] = _tokens[i].UnsafeRegister(cancel, this);
    }

    public void Unwatch()
    {
        // Not Dispose: that would wait for a cancellation that is just calling back, and that waits for the gate.
        foreach (var registration in _registrations)
            registration.Unregister();
    }

    /// <summary>The error of a cancelled call: it names the token that the caller cancelled.</summary>
    public OperationCanceledException Cancelled() => new(Array.Find(_tokens, token => token.IsCancellationRequested));

    /// <summary>Pins the large arguments until the call has ended: the worker reads them from where they are.</summary>
    public void HoldFrame()
    {
        if (!_holdsFrame)
            Frame.Hold();
        _holdsFrame = true;
    }

    public void ReadResult(FrameReader reader)
    {
        Bytes = Frame.Length + reader.Left;
        if (Method.ResultType != typeof(void))
            SetResult(ObjectGraph.Read(reader, Method.ResultType));
    }

    /// <summary>Ends the call: completes the caller's task, and lets go of arguments and tokens.</summary>
    /// <param name="error">What the caller gets in place of the result.</param>
    public void End(Exception? error)
    {
        Debug.Assert(!IsEnded, "A call ends once.");
        IsEnded = true;
        if (_holdsFrame)
            Frame.Release();
        Complete(error);
        Unwatch();
    }

    /// <summary>The call as an error message shows it: <c>Primes.Count(0, 250000)</c>, long arguments shortened.</summary>
    public override string ToString() =>
        !Method.IsForItems ? $"{Method.Name}({string.Join(", ", Arguments.Select(Describe))})"
        : Arguments[0] is Array { Length: not 1 } items ? $"{Method.Name} for {items.Length} items"
        : $"{Method.Name} for 1 item";

    protected abstract void SetResult(object? result);

    protected abstract void Complete(Exception? error);

    private static string Describe(object? argument)
    {
        try
        {
            return Text.Shorten(argument switch
            {
                null => "null",
                string quoted => $"\"{quoted}\"",
                Array { Rank: 1 } array => $"{array.GetType().GetElementType()!.Name}[{array.Length}]",
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                _ => argument.ToString() ?? argument.GetType().Name,
            }, 60);
        }
#pragma warning disable CA1031 // Somebody's ToString may throw anything, and this is only for a message.
        catch (Exception)
#pragma warning restore CA1031
        {
            return argument!.GetType().Name;
        }
    }
}

/// <summary>A call whose result the caller awaits as <typeparamref name="T"/>.</summary>
internal sealed class PoolCall<T>(RemoteMethod method, object?[] arguments, CancellationToken token)
    : PoolCall(method, arguments, token)
{
    // Continuations run elsewhere: one that blocks would hold up everything that its worker has to say.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _completion.Task;

    protected override void SetResult(object? result) => _result = (T)result!;

    // Only marks the task and queues what follows it: nothing of the caller's runs under the gate.
    protected override void Complete(Exception? error)
    {
        switch (error)
        {
            case null: _completion.TrySetResult(_result); break;
            case OperationCanceledException cancelled: _completion.TrySetCanceled(cancelled.CancellationToken); break;
            default: _completion.TrySetException(error); break;
        }
    }
}
