using System.Diagnostics;

namespace OutOfProcess;

/// <summary>
/// Keeps one place of the pool filled: starts a worker process, reads what it says, sees it end, and starts the next. All of
/// it belongs to the keeper's own thread; what it learns it tells the dispatcher.
/// </summary>
internal sealed class Keeper(CallDispatcher dispatcher, int number)
{
    // Half as many processes start at a time as there are cores: more would only make all of them late, the first result too.
    // One whose initializer takes long holds up the next for no longer than this.
    private static readonly SemaphoreSlim Starts = new(Math.Max(1, Environment.ProcessorCount / 2));
    private static readonly TimeSpan LongestWaitToStart = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // What the worker has answered and the dispatcher has not been told.
    private readonly List<(long Number, Exception? Error, bool WasRun)> _answers = [];
    private WorkerProcess? _process;
    private CallLedger? _ledger;
    private bool _holdsStart;

    /// <summary>Starts the thread; the task completes when that ends.</summary>
    public Task Start()
    {
        // Background and without the caller's context: a pool that nobody disposed of keeps neither the process alive nor a
        // notebook's cell open.
        new Thread(Run) { IsBackground = true, Name = $"pool worker {number} keeper" }.UnsafeStart();
        return _ended.Task;
    }

    private void Run()
    {
        while (dispatcher.NeedsWorker())
        {
            _holdsStart = Starts.Wait(LongestWaitToStart);
            var complaint = Live();
            ReleaseStart();
            dispatcher.BuryWorker(_ledger, _process?.End(complaint) ?? new WorkerEnd(Status: null, complaint, []));
            _process?.Dispose();
            (_process, _ledger) = (null, null);
        }

        _ended.SetResult();
    }

    private void ReleaseStart()
    {
        if (_holdsStart)
            Starts.Release();
        _holdsStart = false;
    }

    // Starts the process and reads every frame that it sends, until it has ended; returns what is to be said against it.
    private string Live()
    {
        try
        {
            _process = WorkerProcess.Start(dispatcher.Options, dispatcher.Gate, Emit, () => dispatcher.Tick(_ledger!));
            _ledger = dispatcher.AddWorker(_process, number);
            ReadAll(_process, _ledger);
            return "";
        }
        catch (EndOfStreamException)
        {
            // It died while it was writing. How it died is about to be known.
            return "";
        }
        catch (ProtocolException error)
        {
            return $"was ended because of what it sent ({error.Message})";
        }
#pragma warning disable CA1031 // A thread that ends with an exception would take the whole program along.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return $"could not be {(_ledger is null ? "started" : "kept")} ({error.Message})";
        }
    }

    private void ReadAll(WorkerProcess process, CallLedger ledger)
    {
        var reader = new FrameReader(process.Read);
        try
        {
            while (reader.TryReadHeader(out var kind, out var call))
            {
                Receive(ledger, kind, call, reader);
                if (!reader.HasMore)
                    Settle(ledger);
            }
        }
        finally
        {
            Settle(ledger);
        }
    }

    private void Receive(CallLedger ledger, FrameKind kind, long callNumber, FrameReader reader)
    {
        switch (kind)
        {
            case FrameKind.Ready:
                if (reader.Read<Guid>() != typeof(ProcessPool).Module.ModuleVersionId)
                {
                    throw new ProtocolException(
                        "The worker's OutOfProcess.dll is of another build than the one loaded here: the library was built again "
                        + "meanwhile. Restart this program, or the notebook's kernel.");
                }

                ReleaseStart();
                dispatcher.WelcomeWorker(ledger);
                break;
            case FrameKind.Result or FrameKind.Failure:
                var call = dispatcher.Find(ledger, callNumber);
                _answers.Add((callNumber, call is null ? null : ReadAnswer(ledger, call, reader, kind), WasRun: true));
                break;
            case FrameKind.Skipped:
                _answers.Add((callNumber, null, WasRun: false));
                break;
            default:
                throw new ProtocolException($"A worker cannot send {kind}.");
        }
    }

    // Gives the call its result, or returns its error.
    private Exception? ReadAnswer(CallLedger ledger, PoolCall call, FrameReader reader, FrameKind kind)
    {
        var pid = ledger.Process.Pid;
        var (start, end) = (reader.Read<long>(), reader.Read<long>());
        call.Duration = Stopwatch.GetElapsedTime(start, end);
        if (dispatcher.Options.CallEnded is { } callEnded)
            Tell(callEnded, new WorkerCall($"{call}", number, pid, start, end));
        if (kind == FrameKind.Failure)
            return RemoteFailure.Read(reader, call, number, pid);

        try
        {
            call.ReadResult(reader);
            return reader.Left == 0 ? null : throw new ProtocolException($"A result has {reader.Left:N0} bytes too many.");
        }
        catch (Exception error) when (error is not (ProtocolException or IOException))
        {
            // Where the rest does not come, the worker died while it was sending, which matters more.
            reader.Skip();
            return new UnserializableResultException($"{call}", error.Message);
        }
    }

    // The worker has no more to say for now.
    private void Settle(CallLedger ledger)
    {
        if (_answers.Count == 0)
            return;
        List<(long, Exception?, bool)> answers = [.. _answers];
        _answers.Clear();
        dispatcher.Settle(ledger, answers);
    }

    private void Emit(string text, bool isError)
    {
        if (_ledger is not { } ledger)
            return;
        var line = new WorkerOutput(number, ledger.Process.Pid, isError, text);
        var handler = dispatcher.Options.Output ?? WriteToConsole;
        if (dispatcher.Current(ledger)?.Context is { } context)
            ExecutionContext.Run(context, _ => Tell(handler, line), null);
        else
            Tell(handler, line);
    }

    private static void WriteToConsole(WorkerOutput line) => (line.IsError ? Console.Error : Console.Out).WriteLine(line.Line);

    private static void Tell<T>(Action<T> handler, T what)
    {
        try
        {
            handler(what);
        }
#pragma warning disable CA1031 // Somebody's handler must not end the thread that keeps the worker.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Trace.TraceError($"A handler of a process pool threw, and has missed {what}. {error}");
        }
    }
}
