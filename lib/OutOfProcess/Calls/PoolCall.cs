using System.Diagnostics;
using System.Globalization;

namespace OutOfProcess;

/// <summary>One call, from its submission to its end. Guarded by the pool's gate, but for what never changes.</summary>
internal abstract class PoolCall
{
    private readonly CancellationToken _token;
    private CancellationTokenRegistration[] _registrations = [];
    private bool _holdsFrame;

    protected PoolCall(RemoteMethod method, object?[] arguments, Frame frame, CancellationToken token)
    {
        (Method, Arguments, Frame, _token) = (method, arguments, frame, token);
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

    /// <summary>What the caller gets in place of a result.</summary>
    public Exception? Error { get; private set; }

    /// <summary>The time that the call ran in its worker.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>The bytes of call and result.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether one of the caller's tokens has been cancelled: the pool's, or one among the arguments.</summary>
    public bool IsCancelled => HasTokens && Tokens().Any(token => token.IsCancellationRequested);

    /// <summary>Calls back when one of the tokens is cancelled. Without the gate, which the callback takes.</summary>
    public CancellationTokenRegistration[] RegisterTokens(Action<object?> cancel) =>
        // Not one linked source for several: it would stay registered with the caller's tokens for as long as they live.
        HasTokens ? [.. Tokens().Distinct().Select(token => token.UnsafeRegister(cancel, this))] : [];

    /// <summary>Keeps the registrations until the call has ended.</summary>
    public void KeepRegistrations(CancellationTokenRegistration[] registrations)
    {
        _registrations = registrations;
        if (IsEnded)
            Unregister();
    }

    /// <summary>The error of a cancelled call: it names the token that the caller cancelled.</summary>
    public OperationCanceledException Cancelled() => new(Tokens().FirstOrDefault(token => token.IsCancellationRequested, _token));

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
        Read(reader);
    }

    /// <summary>Ends the call: completes the caller's task, and lets go of arguments and tokens.</summary>
    public void End(Exception? error)
    {
        Debug.Assert(!IsEnded, "A call ends once.");
        (IsEnded, Error) = (true, error);
        if (_holdsFrame)
            Frame.Release();
        Complete();
        Unregister();
    }

    /// <summary>The call as an error message shows it: <c>Primes.Count(0, 250000)</c>, long arguments shortened.</summary>
    public override string ToString() => $"{Method.Name}({string.Join(", ", Arguments.Select(Describe))})";

    private void Unregister()
    {
        // Not Dispose: that would wait for a cancellation that is just calling back, and that waits for the gate.
        foreach (var registration in _registrations)
            registration.Unregister();
    }

    private bool HasTokens => _token.CanBeCanceled || Method.TakesToken;

    private IEnumerable<CancellationToken> Tokens() => Arguments.OfType<CancellationToken>().Prepend(_token);

    protected abstract void Read(FrameReader reader);

    protected abstract void Complete();

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
internal class PoolCall<T>(RemoteMethod method, object?[] arguments, Frame frame, CancellationToken token)
    : PoolCall(method, arguments, frame, token)
{
    // Continuations run elsewhere: one that blocks would hold up everything that its worker has to say.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _completion.Task;

    protected virtual Type ResultType => Method.ResultType;

    protected sealed override void Read(FrameReader reader) =>
        _result = ResultType == typeof(void) ? default! : (T)ValueSerializer.Read(reader, ResultType)!;

    // Only marks the task and queues what follows it: nothing of the caller's runs under the gate.
    protected sealed override void Complete()
    {
        switch (Error)
        {
            case null: _completion.TrySetResult(_result); break;
            case OperationCanceledException cancelled: _completion.TrySetCanceled(cancelled.CancellationToken); break;
            default: _completion.TrySetException(Error); break;
        }
    }
}

/// <summary>A call of a method for several items at once; its result is their results, or the failure of the first that failed.</summary>
internal sealed class ChunkCall<T>(RemoteMethod method, object?[] items, Frame frame, CancellationToken token)
    : PoolCall<T[]>(method, items, frame, token)
{
    protected override Type ResultType => Method.ResultType.MakeArrayType();

    public override string ToString()
    {
        var count = ((Array)Arguments[0]!).Length;
        return $"{Method.Name} for {count} {(count == 1 ? "item" : "items")}";
    }
}
