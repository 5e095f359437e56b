using System.IO.Pipes;

namespace NotebookHost;

/// <summary>Runs the cells of one notebook for the process that started it, and shows there what they show.</summary>
/// <remarks>
/// <code>
///   commands (pipe) ──▶ main thread ──▶ session ──▶ cell's thread
///                           │              │
///                      end of pipe       outputs ──▶ (pipe) parent
///                           ▼
///                      process ends
/// </code>
/// The main thread blocks on the command pipe and does nothing else, so that the end of the parent is noticed also
/// while a cell spins or has used up the thread pool. Nobody but the parent has the pipe's other end.
/// </remarks>
internal static class HostProgram
{
    /// <summary>Read by the runtime before any managed code runs, so only the environment can carry it.</summary>
    internal const string HeapLimitVariable = "DOTNET_GCHeapHardLimit";

    // What the parent passes: two pipe handles.
    private static int Main(string[] args)
    {
        if (args is not [var commandHandle, var outputHandle])
        {
            Console.Error.WriteLine("This program is not for the command line: dotnet run --project lib/Workshop starts it.");
            return 2;
        }

        ProcessGroup.Lead();
        ProcessGroup.KeepPrivate(commandHandle);
        ProcessGroup.KeepPrivate(outputHandle);

        // The limit is for this process, not for those that cells start.
        Environment.SetEnvironmentVariable(HeapLimitVariable, null);

        // The raw streams, before the session takes the console over: the parent looks for marks in them.
        Stream[] raw = [Console.OpenStandardOutput(), Console.OpenStandardError()];
        using var channel = new HostChannel(
            new AnonymousPipeClientStream(PipeDirection.In, commandHandle),
            new AnonymousPipeClientStream(PipeDirection.Out, outputHandle));

        // Where the parent is gone, nothing can be sent, and this process is about to end.
        var session = new ScriptSession(
            Environment.CurrentDirectory, output => channel.TrySend(new HostMessage.Output(output.Json)));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => session.FlushConsole();
        channel.TrySend(new HostMessage.Ready());
        try
        {
            Serve(channel, session, raw);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            // A broken connection is as final as a closed one.
        }

        End();
        return 0;
    }

    private static void Serve(HostChannel channel, ScriptSession session, Stream[] raw)
    {
        var current = 0;
        while (channel.Receive() is { } message)
        {
            if (message is HostMessage.Interrupt interrupt && interrupt.Run == current) session.Interrupt();
            if (message is not HostMessage.RunCell run) continue;
            current = run.Run;
            _ = RunAsync(run);
        }

        async Task RunAsync(HostMessage.RunCell run)
        {
            var (error, duration) = await session.RunAsync(run.CellId, run.Code, run.Number);
            foreach (var stream in raw) Mark(stream, run.Mark);
            channel.TrySend(new HostMessage.CellEnded(run.Run, duration.TotalMilliseconds, error));
        }
    }

    private static void Mark(Stream raw, string mark)
    {
        try
        {
            raw.Write(Encoding.UTF8.GetBytes(mark));
            raw.Flush();
        }
        catch (IOException)
        {
            // The cell closed the stream; the parent stops waiting for the mark after a moment.
        }
    }

    // Ends this process at once, and what its cells started. Environment.Exit would wait for handlers that a cell may have
    // installed, and for a cell that spins without ever being at a point where it can be stopped.
    private static void End()
    {
        ProcessGroup.End(Environment.ProcessId);
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
