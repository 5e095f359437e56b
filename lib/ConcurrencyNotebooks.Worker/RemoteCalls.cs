using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencyNotebooks;

/// <summary>The worker's first thread: reads a call, runs it, answers, in the order of the calls.</summary>
internal sealed class RemoteCalls
{
    private readonly Dictionary<int, KnownMethod> _methods = [];
    private readonly FrameReader _reader;
    private readonly FrameWriter _writer = new();
    private readonly Lock _writing = new();
    private readonly Stream _answers;
    private readonly ControlBlock _control;
    private readonly int _index;
    private readonly OwnerWatch _watch;

    public RemoteCalls(Stream calls, Stream answers, ControlBlock control, int index, OwnerWatch watch)
    {
        (_answers, _control, _index, _watch) = (answers, control, index, watch);
        LargeMemory.Keeps = true; // The watch lets go when this worker has nothing to do.
        _reader = new FrameReader(calls.Read);
    }

    public static FileStream Open(string handle, FileAccess access)
    {
        var pipe = new SafeFileHandle((nint)Number(handle), ownsHandle: true);
        Inheritance.Stop(pipe);
        return new FileStream(pipe, access, bufferSize: 0);
    }

    /// <summary>The number that these digits are. Parsing it would first load the rules of all cultures, a tenth of the start.</summary>
    public static long Number(string digits)
    {
        var number = 0L;
        foreach (var digit in digits)
            number = (10 * number) + (digit - '0');
        return number;
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
                        _methods[(int)number] = new KnownMethod(_reader.ReadText(), _reader.ReadText(), _reader.ReadText(), _reader.ReadInt32(), new Guid(_reader.ReadBytes()));
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
            Console.Error.WriteLine($"The initializer threw {error.GetType()}: {error.Message}");
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
        object? result = null;
        Failure? failure;
        try
        {
            failure = Run(number, method, ref token, out result);
        }
        finally
        {
            _watch.End();
        }

        Send(number, method, result, failure);
        _watch.Answered();
    }

    private Failure? Run(long number, KnownMethod method, ref CancellationToken token, out object? result)
    {
        result = null;
        var phase = FailureKind.MethodNotFound;
        try
        {
            var isChunk = _reader.ReadBoolean();
            var parameters = method.Parameters;
            phase = FailureKind.UnreadableArgument;
            if (isChunk)
            {
                var items = Values.Read(_reader, parameters[0].MakeArrayType())!;
                phase = FailureKind.Threw;
                result = method.Chunks.Run(items);
                return null;
            }

            var arguments = ReadArguments(number, parameters, ref token);
            phase = FailureKind.Threw;
            result = KnownMethod.Await(method.Invoker.Invoke(null, arguments.AsSpan()), method.Method.ReturnType);
            return null;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return new Failure(FailureKind.Cancelled, "", "", "");
        }
        catch (Exception error) when (error is not ProtocolException and not EndOfStreamException || phase == FailureKind.Threw)
        {
            // Whatever the method throws belongs to whoever called it; this worker goes on with the next call.
            return Failure.Of(phase, error);
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
                arguments[i] = Values.Read(_reader, parameters[i]);
        }

        return arguments;
    }

    private void Send(long number, KnownMethod method, object? result, Failure? failure)
    {
        var start = _control.Started(_index, number);
        lock (_writing)
        {
            if (failure is null && !TryWriteResult(number, method, result, start, out failure) || failure is not null)
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

    private bool TryWriteResult(long number, KnownMethod method, object? result, long start, out Failure? failure)
    {
        failure = null;
        _writer.Begin(FrameKind.Result, number);
        _writer.Write(start);
        _writer.Write(Stopwatch.GetTimestamp());
        try
        {
            var type = result is Array && RemoteMethod.ResultOf(method.Method.ReturnType) != result.GetType() ? result.GetType() : RemoteMethod.ResultOf(method.Method.ReturnType);
            if (type != typeof(void))
                Values.Write(_writer, result, type);
            return true;
        }
#pragma warning disable CA1031 // A getter of the result's may throw anything; its caller is told, this worker goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            failure = Failure.Of(FailureKind.UnserializableResult, error);
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
            Values.Write(_writer, value, type);
            _writer.SendTo(_answers);
        }
    }
}
