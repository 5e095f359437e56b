using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace OutOfProcess.Worker;

/// <summary>The worker's first thread: reads a call, runs it, answers, in the order of the calls.</summary>
internal sealed class WorkerLoop
{
    private readonly Dictionary<int, BoundMethod> _methods = [];
    private readonly FrameReader _reader;
    private readonly FrameWriter _writer = new();
    private readonly Lock _writing = new();
    private readonly Stream _answers;
    private readonly ControlBlock _control;
    private readonly int _index;
    private readonly ParentWatch _watch;

    public WorkerLoop(Stream calls, Stream answers, ControlBlock control, int index, ParentWatch watch)
    {
        (_answers, _control, _index, _watch) = (answers, control, index, watch);
        LargeArrays.Keeps = true; // The watch lets go when this worker has nothing to do.
        _reader = new FrameReader(calls.Read);
    }

    /// <summary>Returns the exit code of the process.</summary>
    public int Run()
    {
        try
        {
            while (_reader.TryReadHeader(out var kind, out var number))
            {
                switch (kind)
                {
                    case FrameKind.Define:
                        _methods[(int)number] = new BoundMethod(
                            _reader.ReadText(), _reader.ReadText(), _reader.ReadText(), _reader.ReadInt32(), new Guid(_reader.ReadBytes()));
                        break;
                    case FrameKind.Setup:
                        if (!TrySetUp((int)number))
                            return Protocol.ExitOnFailedStart;
                        break;
                    case FrameKind.Call:
                        Answer(number);
                        break;
                    case FrameKind.Exit:
                        return 0;
                    default:
                        throw new ProtocolException($"A pool cannot send {kind}.");
                }
            }

            // The pool has closed the pipe, or its process has ended.
            return 0;
        }
        catch (Exception error) when (error is ProtocolException or EndOfStreamException)
        {
            Console.Error.WriteLine($"This worker ends because of what its pool sent. {error.Message}");
            return Protocol.ExitOnGarbage;
        }
        catch (IOException)
        {
            // Nobody reads the answers any more.
            return 0;
        }
    }

    private bool TrySetUp(int initializer)
    {
        try
        {
            if (initializer != 0)
                _methods[initializer].Invoker.Invoke(null);
        }
#pragma warning disable CA1031 // Whatever it throws ends this worker, and the pool repeats what is written here.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Complain(error);
            return false;
        }

        lock (_writing)
        {
            _writer.Begin(FrameKind.Ready);
            _writer.WriteBytes(typeof(Protocol).Module.ModuleVersionId.ToByteArray());
            _writer.SendTo(_answers);
        }

        return true;
    }

    // A method of its own, so that a worker whose initializer is right loads nothing of what this needs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Complain(Exception error)
    {
        // Without the stacks: these lines become part of a message.
        var text = RemoteFailure.Of(FailureKind.Threw, error).Text;
        var lines = text.Split('\n').Where(line => !line.StartsWith("   ", StringComparison.Ordinal));
        Console.Error.WriteLine($"The initializer threw {string.Join('\n', lines)}");
    }

    private void Answer(long number)
    {
        var method = _methods[_reader.ReadInt32()];
        _control.Started(_index, number) = Stopwatch.GetTimestamp();
        if (!_control.TryStep(_index, number, CallState.Waiting, CallState.Running))
        {
            // The pool has taken it back.
            _reader.Skip();
            lock (_writing)
            {
                _writer.Begin(FrameKind.Skipped, number);
                _writer.SendTo(_answers);
            }

            return;
        }

        var token = CancellationToken.None;
        Result result;
        RemoteFailure? failure;
        try
        {
            failure = Run(number, method, ref token, out result);
        }
        finally
        {
            _watch.End();
        }

        Send(number, result, failure);
        _watch.MarkAnswered();
    }

    private RemoteFailure? Run(long number, BoundMethod method, ref CancellationToken token, out Result result)
    {
        result = default;
        var phase = FailureKind.MethodNotFound;
        try
        {
            var isChunk = _reader.ReadBoolean();
            var parameters = method.Parameters;
            phase = FailureKind.UnreadableArgument;
            if (isChunk)
            {
                var items = ValueSerializer.Read(_reader, parameters[0].MakeArrayType())!;
                phase = FailureKind.Threw;
                result = new Result(method.Chunks.Run(items), method.ResultType.MakeArrayType());
                return null;
            }

            var arguments = ReadArguments(number, parameters, ref token);
            phase = FailureKind.Threw;
            result = new Result(method.Call(arguments), method.ResultType);
            return null;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return new RemoteFailure(FailureKind.Cancelled, "", "", "");
        }
        catch (Exception error) when (error is not ProtocolException and not EndOfStreamException || phase == FailureKind.Threw)
        {
            // Whatever the method throws belongs to whoever called it; this worker goes on with the next call.
            return RemoteFailure.Of(phase, error);
        }
    }

    private object?[] ReadArguments(long number, Type[] parameters, ref CancellationToken token)
    {
        var arguments = new object?[parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (parameters[i] == typeof(CancellationToken))
                arguments[i] = token = token.CanBeCanceled ? token : _watch.Begin(number);
            else if (RemoteMethod.ProgressType(parameters[i]) is { } type)
                arguments[i] = _reader.ReadBoolean() ? RemoteProgress.Create(type, this, number, i) : null;
            else
                arguments[i] = ValueSerializer.Read(_reader, parameters[i]);
        }

        return arguments;
    }

    private void Send(long number, Result result, RemoteFailure? failure)
    {
        var start = _control.Started(_index, number);
        lock (_writing)
        {
            if (failure is null && !TryWriteResult(number, result, start, out failure) || failure is not null)
            {
                _writer.Begin(FrameKind.Failure, number);
                _writer.Write(start);
                _writer.Write(Stopwatch.GetTimestamp());
                failure!.Write(_writer);
            }

            // From here on nobody kills this process for this call; if somebody has decided to, nothing may begin any more.
            if (!_control.TryStep(_index, number, CallState.Running, CallState.Done))
                Thread.Sleep(Timeout.Infinite);
            _writer.SendTo(_answers);
        }
    }

    private bool TryWriteResult(long number, Result result, long start, out RemoteFailure? failure)
    {
        failure = null;
        _writer.Begin(FrameKind.Result, number);
        _writer.Write(start);
        _writer.Write(Stopwatch.GetTimestamp());
        try
        {
            // By its declared type, which is what the pool reads it by.
            if (result.Type != typeof(void))
                ValueSerializer.Write(_writer, result.Value, result.Type);
            return true;
        }
#pragma warning disable CA1031 // A getter of the result's may throw anything; its caller is told, this worker goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            failure = RemoteFailure.Of(FailureKind.UnserializableResult, error);
            return false;
        }
    }

    /// <summary>Sends a value that a task has reported; called from any thread of the task's.</summary>
    public void Report(long number, int parameter, object? value, Type type)
    {
        lock (_writing)
        {
            // A report after the end would meet a call that the pool no longer knows.
            if (!_control.Is(_index, number, CallState.Running))
                return;
            _writer.Begin(FrameKind.Progress, number);
            _writer.Write(parameter);
            ValueSerializer.Write(_writer, value, type);
            _writer.SendTo(_answers);
        }
    }

    private readonly record struct Result(object? Value, Type Type);
}
