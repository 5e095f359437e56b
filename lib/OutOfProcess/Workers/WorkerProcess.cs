using System.Diagnostics;

namespace OutOfProcess;

/// <summary>
/// One worker process with its pipes. Its keeper's thread starts it, reads from it and sees it end; others only add to its
/// <see cref="Outbox"/> and kill it.
/// </summary>
internal sealed class WorkerProcess(Lock gate, ProcessPoolOptions options, ControlBlock control, int index) : IDisposable
{
    private const int UsualTickMilliseconds = 200;
    private const int TickMillisecondsUnderTimeout = 20;

    private readonly int _tickMilliseconds = options.TaskTimeout is null ? UsualTickMilliseconds : TickMillisecondsUnderTimeout;
    private long _lastTick;
    private PipedProcess? _piped;
    private OutputLines? _output;
    private bool _isKilled;

    public Outbox Outbox { get; } = new(gate, $"pool worker {index + 1} writer");

    /// <summary>The process id; 0 before the start.</summary>
    public int Pid { get; private set; }

    public bool IsStarted => _piped is not null;

    /// <summary>Starts the process; its first frame, with the initializer, is in the outbox then.</summary>
    /// <param name="program">The worker program.</param>
    /// <param name="emit">Gets each line that the process writes, and whether it came over standard error.</param>
    public void Start(string program, Action<string, bool> emit)
    {
        var piped = PipedProcess.Start(program, options, control, index);
        bool isKilled;
        lock (gate)
        {
            (_piped, _output) = (piped, new OutputLines(piped.Process, emit));
            Pid = piped.Process.Id;
            isKilled = _isKilled;
            Outbox.Open(piped.Calls);
            var initializer = options.Initializer is { } action ? RemoteMethod.Of(action) : null;
            if (initializer is not null)
                Outbox.Add(initializer.Definition);
            Outbox.Add(Frame.Bare(FrameKind.Setup, initializer?.Id ?? 0));
        }

        piped.Process.StandardInput.Close();
        if (isKilled)
            Kill(piped.Process);
        Outbox.Flush();
    }

    /// <summary>
    /// Blocks until the worker has sent something; zero when it can send nothing any more. What it printed before is handed
    /// on first, so that a task's output never comes after its result.
    /// </summary>
    /// <param name="destination">Where to put the bytes.</param>
    /// <param name="tick">Run several times a second, whatever the worker does.</param>
    public int Read(Span<byte> destination, Action tick)
    {
        var answers = _piped!.Answers;
        Span<nint> handles = [answers.SafePipeHandle.DangerousGetHandle(), 0, 0];
        Span<bool> ready = stackalloc bool[3];
        while (true)
        {
            (handles[1], handles[2]) = _output!.Handles;
            var any = PipePoll.Wait(handles, ready, _tickMilliseconds);
            if (Environment.TickCount64 - _lastTick >= _tickMilliseconds)
            {
                _lastTick = Environment.TickCount64;
                tick();
            }

            _output.Read(ready[1], ready[2]);
            if (ready[0])
                return answers.Read(destination);

            // Dead, and yet the pipe is not at its end: some other process holds it, and nothing more will come.
            if (!any && _piped.Process.HasExited && !PipePoll.Wait(handles[..1], ready, 0))
                return 0;
        }
    }

    /// <summary>Kills the process, at once or as soon as it has started. Under the gate.</summary>
    public void Kill()
    {
        _isKilled = true;
        if (_piped is { } piped)
            Kill(piped.Process);
    }

    /// <summary>Waits for the end of a process that has closed its pipe.</summary>
    /// <param name="complaint">Why the process cannot go on, or empty; it is killed then.</param>
    public WorkerEnd End(string complaint)
    {
        if (_piped is not { Process: var process })
            return new WorkerEnd(ExitCode: null, complaint, []);

        // The end of the pipe is not the end of the process, which may have closed it; it gets a moment to end by itself.
        if (complaint.Length > 0 || !process.WaitForExit(1000))
            Kill(process);

        process.WaitForExit();
        _output!.ReadRest();
        return new WorkerEnd(process.ExitCode, complaint, _output.LastErrorLines);
    }

    public void Dispose() => _piped?.Dispose();

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
}
