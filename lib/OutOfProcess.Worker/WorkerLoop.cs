using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace OutOfProcess.Worker;

/// <summary>The worker's first thread: reads a call, runs it, answers, in the order of the calls.</summary>
internal sealed class WorkerLoop
{
    private readonly Dictionary<int, BoundMethod> _methods = [];
    private readonly FrameReader _reader;
    private readonly FrameWriter _writer = new();
    private readonly Stream _answers;
    private readonly ControlBlock _control;
    private readonly ParentWatch _watch;

    public WorkerLoop(Stream calls, Stream answers, ControlBlock control, ParentWatch watch)
    {
        (_answers, _control, _watch) = (answers, control, watch);
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
                        _methods[(int)number] = new BoundMethod(_reader.ReadText(), _reader.Read<int>(), _reader.Read<Guid>());
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

        _writer.Begin(FrameKind.Ready);
        _writer.Write(typeof(Protocol).Module.ModuleVersionId);
        _writer.ToFrame().SendTo(_answers);
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
        var method = _methods[_reader.Read<int>()];
        var start = _control.Started(number) = Stopwatch.GetTimestamp();
        if (!_control.TryStep(number, CallState.Waiting, CallState.Running))
        {
            // The pool has taken it back.
            _reader.Skip();
            _writer.Begin(FrameKind.Skipped, number);
            _writer.ToFrame().SendTo(_answers);
            return;
        }

        var token = CancellationToken.None;
        var phase = FailureKind.NotBegun;
        try
        {
            var isChunk = _reader.Read<bool>();
            var arguments = ReadArguments(number, method.Parameters, isChunk, ref token);
            phase = FailureKind.Threw;
            var result = isChunk ? method.Chunks.Run(arguments[0]!) : method.Call(arguments);
            phase = FailureKind.UnserializableResult;
            BeginAnswer(FrameKind.Result, number, start);
            if (method.ResultType != typeof(void))
                ValueSerializer.Write(_writer, result, isChunk ? method.ResultType.MakeArrayType() : method.ResultType);
        }
        catch (Exception error) when (phase is FailureKind.Threw or FailureKind.UnserializableResult
            || error is not (ProtocolException or EndOfStreamException))
        {
            // Whatever the method or its result throws belongs to whoever called it; this worker goes on with the next call.
            var isCancelled = phase == FailureKind.Threw && error is OperationCanceledException && token.IsCancellationRequested;
            BeginAnswer(FrameKind.Failure, number, start);
            RemoteFailure.Of(isCancelled ? FailureKind.Cancelled : phase, error).Write(_writer);
        }

        _watch.End();

        // From here on nobody kills this process for this call; if somebody has decided to, nothing may begin any more.
        if (!_control.TryStep(number, CallState.Running, CallState.Done))
            Thread.Sleep(Timeout.Infinite);
        _writer.ToFrame().SendTo(_answers);
        _watch.MarkAnswered();
    }

    private object?[] ReadArguments(long number, Type[] parameters, bool isChunk, ref CancellationToken token)
    {
        if (isChunk)
            return [ValueSerializer.Read(_reader, parameters[0].MakeArrayType())];

        var arguments = new object?[parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            if (parameters[i] == typeof(CancellationToken))
                arguments[i] = token = token.CanBeCanceled ? token : _watch.Begin(number);
            else
                arguments[i] = ValueSerializer.Read(_reader, parameters[i]);
        }

        return arguments;
    }

    private void BeginAnswer(FrameKind kind, long number, long start)
    {
        _writer.Begin(kind, number);
        _writer.Write(start);
        _writer.Write(Stopwatch.GetTimestamp());
    }
}
