using System.Diagnostics;

namespace ConcurrencyNotebooks;

/// <summary>How a worker's process ended.</summary>
/// <param name="ExitCode">Null when it never started.</param>
/// <param name="Reason">As the middle of a sentence: "exited with code 3".</param>
/// <param name="LastErrorLines">What it last wrote to standard error.</param>
internal sealed record WorkerEnd(int? ExitCode, string Reason, IReadOnlyList<string> LastErrorLines)
{
    /// <summary>Whether somebody outside of the pool killed it.</summary>
    public bool WasKilled { get; init; }
}

internal sealed partial class WorkerProcess
{
    private const int UsualTick = 200;
    private const int TickUnderTimeout = 20;

    private WorkerText? _text;
    private Action<WorkerProcess>? _tick;
    private int _tickMilliseconds;
    private long _lastTick;

    /// <summary>Starts the process, hands over each frame that it sends, and returns when it has ended.</summary>
    /// <param name="program">The worker program.</param>
    /// <param name="receive">Gets each frame; it may read its body from the reader.</param>
    /// <param name="settle">Called when no more frames are at hand, before the thread waits.</param>
    /// <param name="tick">Called several times a second, whatever happens.</param>
    public WorkerEnd Live(string program, Action<WorkerProcess, FrameKind, long, FrameReader> receive, Action<WorkerProcess> settle, Action<WorkerProcess> tick)
    {
        _tick = tick;
        _tickMilliseconds = _options.TaskTimeout is null ? UsualTick : TickUnderTimeout;
        var complaint = "";
        try
        {
            Start(program);
            var reader = new FrameReader(Read);
            try
            {
                while (reader.TryReadHeader(out var kind, out var number))
                {
                    receive(this, kind, number, reader);
                    if (!reader.HasMore)
                        settle(this);
                }
            }
            finally
            {
                settle(this);
            }
        }
        catch (EndOfStreamException)
        {
            // It died while it was writing. How it died is about to be known.
        }
        catch (ProtocolException error)
        {
            complaint = $"was ended because of what it sent ({error.Message})";
        }
#pragma warning disable CA1031 // A thread that ends with an exception would take the whole program along; a worker that cannot be kept is one worker less.
        catch (Exception error)
#pragma warning restore CA1031
        {
            complaint = $"could not be {(_worker is null ? "started" : "kept")} ({error.Message})";
        }

        return End(complaint);
    }

    public void Dispose() => _worker?.Dispose();

    private void Start(string program)
    {
        var worker = PipedProcess.Start((calls, answers) => WorkerProgram.StartInfo(
            program, _options, calls, answers, _control.Path, $"{_index}", $"{Environment.ProcessId}"));
        _pipeCapacity = worker.Calls.OutBufferSize == Protocol.PipeCapacity && OperatingSystem.IsLinux() ? Protocol.PipeCapacity : Protocol.Window;
        bool isKilled;
        lock (_gate)
        {
            (_worker, _text) = (worker, new WorkerText(worker.Process, line => Emit(line)));
            Pid = worker.Process.Id;
            isKilled = _isKilled;
            Introduce();
        }

        worker.Process.StandardInput.Close();
        if (isKilled)
            Kill(worker.Process);
        SetPriority(worker.Process);
        Flush();
    }

    private void Introduce()
    {
        var initializer = _options.Initializer is { } action ? RemoteMethod.Of(action) : null;
        if (initializer is not null)
            _unsent.Write(initializer.Definition.Small);
        _frames.Begin(FrameKind.Setup, initializer?.Id ?? 0);
        _frames.SendTo(_unsent);
    }

    private void SetPriority(Process process)
    {
        if (_options.Priority == ProcessPriorityClass.Normal)
            return;
        try
        {
            process.PriorityClass = _options.Priority;
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            // Without the right to raise it, the worker runs at normal priority; a dead worker needs none.
        }
    }

    // Blocks until the worker has sent something; zero when it can send nothing any more. What it printed before is
    // handed on first, so that a task's output never comes after its result.
    private int Read(Span<byte> destination)
    {
        var answers = _worker!.Answers;
        Span<nint> handles = [answers.SafePipeHandle.DangerousGetHandle(), 0, 0];
        Span<bool> ready = stackalloc bool[3];
        while (true)
        {
            (handles[1], handles[2]) = _text!.Handles;
            var any = Readiness.Wait(handles, ready, _tickMilliseconds);
            if (Environment.TickCount64 - _lastTick >= _tickMilliseconds)
            {
                _lastTick = Environment.TickCount64;
                _tick!(this);
            }

            _text.Read(ready[1], ready[2]);
            if (ready[0])
                return answers.Read(destination);

            // Dead, and yet the pipe is not at its end: some other process holds it, and nothing more will come.
            if (!any && _worker.Process.HasExited && !Readiness.Wait(handles[..1], ready, 0))
                return 0;
        }
    }

    private void Emit(WorkerOutput line)
    {
        PoolCall? call;
        lock (_gate)
            call = Current;
        line = line with { Worker = Number, Pid = Pid };
        if (call?.Context is { } context)
            ExecutionContext.Run(context, state => Hand((WorkerOutput)state!), line);
        else
            Hand(line);
    }

    private void Hand(WorkerOutput line)
    {
        try
        {
            if (_options.Output is { } output)
                output(line);
            else
                (line.IsError ? Console.Error : Console.Out).WriteLine(line.Line);
        }
#pragma warning disable CA1031 // Somebody's handler must not end the thread that keeps the worker; the line is lost, nothing else.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Trace.TraceError($"The handler of worker {Number}'s output threw, and this line is lost: {line.Line}. {error}");
        }
    }

    private WorkerEnd End(string complaint)
    {
        if (_worker is not { Process: var process })
            return new WorkerEnd(null, complaint, []);

        // The end of its pipe is not the end of the process, which may have closed it; give it a moment to end by itself.
        // Not by Kill(), which says that the pool had no more use for it: this is a death of its own making.
        if (complaint.Length > 0 || !process.WaitForExit(1000))
            Kill(process);

        process.WaitForExit();
        _text!.ReadRest();
        var code = process.ExitCode;
        var how = code > 128 && !OperatingSystem.IsWindows() ? $"was killed by signal {code - 128}{SignalName(code - 128)}" : $"exited with code {code}";
        return new WorkerEnd(code, complaint.Length > 0 ? complaint : how, _text.LastErrorLines) { WasKilled = complaint.Length == 0 && code == 137 };
    }

    private static string SignalName(int signal) => signal switch
    {
        2 => " (SIGINT)",
        4 => " (SIGILL)",
        6 => " (SIGABRT: a failed check of the runtime, a stack overflow or FailFast)",
        8 => " (SIGFPE)",
        9 => " (SIGKILL)",
        11 => " (SIGSEGV)",
        15 => " (SIGTERM)",
        _ => "",
    };
}
