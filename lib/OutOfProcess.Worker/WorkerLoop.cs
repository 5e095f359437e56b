using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace OutOfProcess.Worker;

/// <summary>The worker's first thread: reads a call, runs it, answers, in the order of the calls.</summary>
internal sealed class WorkerLoop(Stream calls, Stream answers, ControlBlock control, ParentWatch watch)
{
    private readonly Dictionary<int, BoundMethod> _methods = [];
    private readonly FrameReader _reader = new(calls.Read);

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
                            _reader.ReadText(), _reader.Read<Guid>(), _reader.Read<int>(), _reader.Read<bool>());
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
                _methods[initializer].Call([]);
        }
#pragma warning disable CA1031 // Whatever it throws ends this worker, and the pool repeats what is written here.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Complain(error);
            return false;
        }

        var ready = new Frame(FrameKind.Ready);
        ready.Write(typeof(Protocol).Module.ModuleVersionId);
        ready.SendTo(answers);
        return true;
    }

    // A method of its own, so that a worker whose initializer is right loads nothing of what this needs.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Complain(Exception error)
    {
        // Without the stacks: these lines become part of a message.
        var lines = RemoteFailure.TextOf(error).Split('\n').Where(line => !line.StartsWith("   ", StringComparison.Ordinal));
        Console.Error.WriteLine($"The initializer threw {string.Join('\n', lines)}");
    }

    private void Answer(long number)
    {
        var method = _methods[_reader.Read<int>()];
        var start = control.Started(number) = Stopwatch.GetTimestamp();
        if (!control.TryStep(number, CallState.Waiting, CallState.Running))
        {
            // The pool has taken it back.
            _reader.Skip();
            new Frame(FrameKind.Skipped, number).SendTo(answers);
            return;
        }

        var token = CancellationToken.None;
        var phase = FailureKind.NotBegun;
        Frame answer;
        try
        {
            var arguments = ReadArguments(number, method.Method, ref token);
            phase = FailureKind.Threw;
            var result = method.Call(arguments);
            phase = FailureKind.UnserializableResult;
            answer = BeginAnswer(FrameKind.Result, number, start);
            if (method.Method.ResultType != typeof(void))
                ObjectGraph.Write(answer, result, method.Method.ResultType);
        }
        catch (Exception error) when (phase != FailureKind.NotBegun || error is not (ProtocolException or EndOfStreamException))
        {
            // Whatever the method or its result throws belongs to whoever called it; this worker goes on with the next call.
            var isCancelled = phase == FailureKind.Threw && error is OperationCanceledException && token.IsCancellationRequested;
            answer = BeginAnswer(FrameKind.Failure, number, start);
            RemoteFailure.Write(answer, isCancelled ? FailureKind.Cancelled : phase, error);
        }

        watch.End();

        // From here on nobody kills this process for this call; if somebody has decided to, nothing may begin any more.
        if (!control.TryStep(number, CallState.Running, CallState.Done))
            Thread.Sleep(Timeout.Infinite);
        answer.SendTo(answers);
        watch.MarkAnswered();
    }

    private object?[] ReadArguments(long number, RemoteMethod method, ref CancellationToken token)
    {
        if (method.TakesToken)
            token = watch.Begin(number);
        var arguments = new object?[method.ParameterTypes.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            var type = method.ParameterTypes[i];
            arguments[i] = type == typeof(CancellationToken) ? token : ObjectGraph.Read(_reader, type);
        }

        return arguments;
    }

    private static Frame BeginAnswer(FrameKind kind, long number, long start)
    {
        var answer = new Frame(kind, number);
        answer.Write(start);
        answer.Write(Stopwatch.GetTimestamp());
        return answer;
    }
}
