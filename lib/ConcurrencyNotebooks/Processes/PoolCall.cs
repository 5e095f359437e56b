using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace ConcurrencyNotebooks;

/// <summary>One call on its way: in the queue, sent to a worker, ended. All but its ending is guarded by the pool's gate.</summary>
internal abstract class PoolCall
{
    private bool _holdsFrame;

    protected PoolCall(RemoteMethod method, object?[] arguments, Frame frame, CancellationToken token)
    {
        (Method, Arguments, Frame, Token) = (method, arguments, frame, token);
        Node = new LinkedListNode<PoolCall>(this);
    }

    public RemoteMethod Method { get; }

    public object?[] Arguments { get; }

    public Frame Frame { get; }

    /// <summary>The caller's token.</summary>
    public CancellationToken Token { get; }

    public CancellationTokenRegistration Registration { get; set; }

    /// <summary>Its place in the queue, while it is there.</summary>
    public LinkedListNode<PoolCall> Node { get; }

    /// <summary>The worker that has it, and its number there.</summary>
    public WorkerProcess? Worker { get; set; }

    public long Number { get; set; }

    /// <summary>How often a worker died running it.</summary>
    public int Deaths { get; set; }

    /// <summary>When the worker is killed if the call has not reacted to its token by then; 0 while nobody asked.</summary>
    public long CancelDeadline { get; set; }

    /// <summary>What flows with the caller, such as which notebook cell the output of its call belongs to.</summary>
    public ExecutionContext? Context { get; } = ExecutionContext.Capture();

    /// <summary>Whether it counts among those that <see cref="ProcessPoolOptions.MaxQueued"/> limits.</summary>
    public bool IsInside { get; set; }

    public bool IsEnded { get; set; }

    /// <summary>What the caller will get in place of a result.</summary>
    public Exception? Error { get; set; }

    /// <summary>How long it ran in its worker.</summary>
    public TimeSpan Duration { get; set; }

    /// <summary>Keeps its large arguments in their place until it has ended: the worker reads them from there. Under the pool's gate.</summary>
    public void HoldFrame()
    {
        if (!_holdsFrame)
            Frame.Hold();
        _holdsFrame = true;
    }

    /// <summary>Its end: nobody reads its arguments any more, or whoever does passes over them.</summary>
    public void ReleaseFrame()
    {
        if (_holdsFrame)
            Frame.Release();
        _holdsFrame = false;
    }

    public abstract void ReadResult(FrameReader reader);

    /// <summary>Completes the caller's task with what the call ended with.</summary>
    public abstract void Publish();

    /// <summary>Hands a reported value to the caller's <see cref="IProgress{T}"/>.</summary>
    public void Report(int parameter, FrameReader reader)
    {
        var type = RemoteMethod.ProgressType(Method.ParameterTypes[parameter])!;
        var value = Values.Read(reader, type);
        try
        {
            typeof(IProgress<>).MakeGenericType(type).GetMethod(nameof(IProgress<>.Report))!.Invoke(Arguments[parameter], [value]);
        }
        catch (TargetInvocationException error)
        {
            // The caller's handler threw. Its call goes on, and so do the others of this worker.
            Trace.TraceError($"The progress handler of {this} threw: {error.InnerException}");
        }
    }

    /// <summary>The call as an error message shows it: <c>Primes.Count(0, 250000)</c>, long arguments shortened.</summary>
    public override string ToString() => $"{Method.Name}({string.Join(", ", Arguments.Select(Shorten))})";

    private static string Shorten(object? argument)
    {
        string text;
        try
        {
            text = argument switch
            {
                null => "null",
                string quoted => $"\"{quoted}\"",
                Array { Rank: 1 } array => $"{array.GetType().GetElementType()!.Name}[{array.Length}]",
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                _ => argument.ToString() ?? argument.GetType().Name,
            };
        }
#pragma warning disable CA1031 // Somebody's ToString may throw anything, and this is only for a message.
        catch (Exception)
#pragma warning restore CA1031
        {
            text = argument!.GetType().Name;
        }

        return text.Length <= 60 ? text : $"{text.AsSpan(0, 57)}…";
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

    public sealed override void ReadResult(FrameReader reader) => _result = Read(reader);

    public sealed override void Publish()
    {
        switch (Error)
        {
            case null: _completion.TrySetResult(_result); break;
            case OperationCanceledException cancelled: _completion.TrySetCanceled(cancelled.CancellationToken); break;
            default: _completion.TrySetException(Error); break;
        }

        // Not Dispose: that would wait for a cancellation that is just calling back, and that waits for the gate.
        Registration.Unregister();
    }

    protected virtual T Read(FrameReader reader) =>
        Method.ResultType == typeof(void) ? default! : (T)Values.Read(reader, Method.ResultType)!;
}

/// <summary>A call of a method for several items at once; its result is their results, or the failure of the first that failed.</summary>
internal sealed class ChunkCall<T>(RemoteMethod method, object?[] items, Frame frame, CancellationToken token)
    : PoolCall<T[]>(method, items, frame, token)
{
    public override string ToString()
    {
        var count = ((Array)Arguments[0]!).Length;
        return $"{Method.Name} for {count} {(count == 1 ? "item" : "items")}";
    }

    protected override T[] Read(FrameReader reader) => (T[])Values.Read(reader, typeof(T[]))!;
}
