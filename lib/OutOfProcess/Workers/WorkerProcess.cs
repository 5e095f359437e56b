using System.ComponentModel;
using System.Diagnostics;
using System.IO.Pipes;

namespace OutOfProcess;

/// <summary>
/// One worker process with its pipes and the memory that it shares. Its keeper's thread starts it, reads from it and sees it end;
/// others only add to its <see cref="Outbox"/> and kill it.
/// </summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int UsualTickMilliseconds = 200;
    private const int TickMillisecondsUnderTimeout = 20;
    private const int RememberedLines = 10;
    private const int RememberedLength = 300;

    // Two processes started at once would inherit each other's ends of the pipes.
    private static readonly Lock Starting = new();

    private readonly Process _process;
    private readonly AnonymousPipeServerStream _calls;
    private readonly AnonymousPipeServerStream _answers;
    private readonly OutputLines _output;
    private readonly OutputLines _error;
    private readonly Queue<string> _lastErrorLines = new();
    private readonly Action _tick;
    private readonly int _tickMilliseconds;
    private long _lastTick;

    private WorkerProcess(
        ProcessPoolOptions options, Lock gate, ControlBlock control, AnonymousPipeServerStream calls, AnonymousPipeServerStream answers,
        Action<string, bool> emit, Action tick)
    {
        (Control, _calls, _answers, _tick) = (control, calls, answers, tick);
        _tickMilliseconds = options.TaskTimeout is null ? UsualTickMilliseconds : TickMillisecondsUnderTimeout;
        using var held = control.Lend(out var loan);
        _process = Process.Start(WorkerProgram.StartInfo(
            options, calls.GetClientHandleAsString(), answers.GetClientHandleAsString(), loan, $"{Environment.ProcessId}"))!;
        _process.StandardInput.Close();
        _output = new OutputLines(_process.StandardOutput.BaseStream, line => emit(line, false));
        _error = new OutputLines(_process.StandardError.BaseStream, line =>
        {
            Remember(line);
            emit(line, true);
        });
        Outbox = new Outbox(gate, calls);
        Pid = _process.Id;
    }

    public ControlBlock Control { get; }

    public Outbox Outbox { get; }

    public int Pid { get; }

    /// <summary>
    /// Starts a worker; nothing is left of it when that fails. <paramref name="emit"/> gets each line that it writes, and whether
    /// that came over standard error; <paramref name="tick"/> runs several times a second during <see cref="Read"/>.
    /// </summary>
    public static WorkerProcess Start(ProcessPoolOptions options, Lock gate, Action<string, bool> emit, Action tick)
    {
        lock (Starting)
        {
            ControlBlock? control = null;
            AnonymousPipeServerStream? calls = null, answers = null;
            try
            {
                control = new ControlBlock();
                calls = Pipe(PipeDirection.Out);
                answers = Pipe(PipeDirection.In);
                return new WorkerProcess(options, gate, control, calls, answers, emit, tick);
            }
            catch
            {
                control?.Dispose();
                calls?.Dispose();
                answers?.Dispose();
                throw;
            }
            finally
            {
                calls?.DisposeLocalCopyOfClientHandle();
                answers?.DisposeLocalCopyOfClientHandle();
            }
        }
    }

    /// <summary>
    /// Blocks until the worker has sent something; zero when it can send nothing any more. What it printed before is handed
    /// on when this returns, so that a task's output never comes after its result.
    /// </summary>
    public int Read(Span<byte> destination)
    {
        Span<bool> ready = stackalloc bool[3];
        var answers = _answers.SafePipeHandle.DangerousGetHandle();
        while (true)
        {
            var any = PipePoll.Wait([answers, _output.Handle, _error.Handle], ready, _tickMilliseconds);
            if (Environment.TickCount64 - _lastTick >= _tickMilliseconds)
            {
                _lastTick = Environment.TickCount64;
                _tick();
            }

            // The answers first: what was printed before the last of them is then in the pipes.
            var count = ready[0] ? _answers.Read(destination) : -1;
            ReadOutput();

            // Dead, and yet the pipe is not at its end: some other process holds it, and nothing more will come.
            if (!any && _process.HasExited && !PipePoll.Wait([answers], ready, 0))
                count = 0;
            if (count >= 0)
                return count;
        }
    }

    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It has ended already, which is what was wanted.
        }
    }

    /// <summary>Waits for the end of a process that has closed its pipe.</summary>
    /// <param name="complaint">Why the process cannot go on, or empty; it is killed then.</param>
    public WorkerEnd End(string complaint)
    {
        // The end of the pipe is not the end of the process, which may have closed it; it gets a moment to end by itself.
        if (complaint.Length > 0 || !_process.WaitForExit(1000))
            Kill();
        _process.WaitForExit();

        // What is left of its output: one read empties a pipe. Other processes may hold its streams, and print for ever.
        ReadOutput();
        _output.End();
        _error.End();
        return new WorkerEnd(_process.ExitCode, complaint, [.. _lastErrorLines]);
    }

    public void Dispose()
    {
        _calls.Dispose();
        _answers.Dispose();
        _process.Dispose();
        Control.Dispose();
    }

    private static AnonymousPipeServerStream Pipe(PipeDirection direction)
    {
        try
        {
            return new AnonymousPipeServerStream(direction, HandleInheritability.Inheritable, Protocol.PipeCapacity);
        }
        catch (IOException)
        {
            // A user may have only so much memory in pipes; the usual capacity is slower with large values, no more.
            return new AnonymousPipeServerStream(direction, HandleInheritability.Inheritable);
        }
    }

    /// <summary>Reads what the worker has printed until now; false when there was nothing.</summary>
    private bool ReadOutput()
    {
        Span<bool> ready = stackalloc bool[2];
        if (!PipePoll.Wait([_output.Handle, _error.Handle], ready, 0))
            return false;
        if (ready[0])
            _output.Read();
        if (ready[1])
            _error.Read();
        return true;
    }

    private void Remember(string line)
    {
        if (RemoteFailure.IsMachinery(line))
            return;
        _lastErrorLines.Enqueue(Text.Shorten(line, RememberedLength));
        if (_lastErrorLines.Count > RememberedLines)
            _lastErrorLines.Dequeue();
    }
}
