using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Text;

namespace NotebookEngine;

/// <summary>
/// The child's side of <see cref="NotebookProcess"/>. A program's Main hands over to it when its first argument is the
/// verb <see cref="Verb"/>.
/// </summary>
/// <remarks>
/// <code>
///   commands (pipe) ──▶ reader thread ──▶ session ──▶ cell's thread
///                           │                │
///                      end of pipe         events ──▶ (pipe) parent
///                           ▼
///   parent watch ──▶ process ends
/// </code>
/// The reader thread blocks on the command pipe and does nothing else, so that the end of the parent is noticed also
/// while a cell spins or has used up the thread pool. The parent watch is there for the case that another process has
/// inherited the pipe's other end and keeps it open.
/// </remarks>
public static class NotebookHost
{
    /// <summary>Read by the run time before any managed code runs, so only the environment can carry it.</summary>
    internal const string HeapLimitVariable = "DOTNET_GCHeapHardLimit";

    /// <summary>The verb by which a program is started as a host.</summary>
    public const string Verb = "host";

    /// <summary>Serves the parent until it goes away. Ends the process itself; what it returns is for the looks.</summary>
    /// <param name="args">What the parent passed after the verb: two pipe handles and its process id.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args is not [var commandHandle, var eventHandle, var parentId]
            || !int.TryParse(parentId, NumberStyles.None, CultureInfo.InvariantCulture, out var parent))
        {
            await Console.Error.WriteLineAsync("This verb is not for the command line: a notebook run starts it.");
            return 2;
        }

        // The limit is for this process, not for those that cells start.
        Environment.SetEnvironmentVariable(HeapLimitVariable, null);

        // The raw streams, before the session takes the console over: the parent looks for marks in them.
        var rawOut = Console.OpenStandardOutput();
        var rawError = Console.OpenStandardError();
        using var channel = new HostChannel(
            new AnonymousPipeClientStream(PipeDirection.In, commandHandle),
            new AnonymousPipeClientStream(PipeDirection.Out, eventHandle));
        using var session = new ScriptSession(
            new ScriptSessionOptions { WorkingDirectory = Environment.CurrentDirectory }, output => Send(channel, output));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => session.FlushConsole();
        WatchParent(parent);
        channel.Send(new HostMessage { Kind = HostMessageKind.Ready, Protocol = HostMessage.CurrentProtocol });

        var ended = new TaskCompletionSource<int>();
        new Thread(() => Read(channel, session, rawOut, rawError)) { IsBackground = true, Name = "commands" }.Start();
        return await ended.Task;
    }

    private static void Read(HostChannel channel, ScriptSession session, Stream rawOut, Stream rawError)
    {
        var current = 0;
        try
        {
            while (channel.Receive() is { } message)
            {
                switch (message.Kind)
                {
                    case HostMessageKind.RunCell:
                        Volatile.Write(ref current, message.Run);
                        _ = RunAsync(message);
                        break;
                    case HostMessageKind.Interrupt when message.Run == Volatile.Read(ref current):
                        session.Interrupt();
                        break;
                    default:
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException)
        {
            // A broken connection is as final as a closed one.
        }

        End();

        async Task RunAsync(HostMessage run)
        {
            var result = await session.RunAsync(run.CellId!, run.Code!, output => Send(channel, output));
            var mark = Encoding.UTF8.GetBytes(run.Mark!);
            foreach (var raw in new[] { rawOut, rawError })
            {
                try
                {
                    raw.Write(mark);
                    raw.Flush();
                }
                catch (IOException)
                {
                    // The cell closed the stream; the parent stops waiting for the mark after a moment.
                }
            }

            channel.Send(new HostMessage
            {
                Kind = HostMessageKind.CellEnded,
                Run = run.Run,
                Status = result.Status,
                Milliseconds = result.Duration.TotalMilliseconds,
                Error = result.Error,
            });
        }
    }

    private static void Send(HostChannel channel, OutputEvent output)
    {
        try
        {
            channel.Send(new HostMessage { Kind = HostMessageKind.Output, CellId = output.CellId, Output = HostOutput.From(output) });
        }
        catch (IOException)
        {
            // The parent is gone; the reader thread is about to end this process.
        }
    }

    private static void WatchParent(int parentId)
    {
        var watch = new Thread(() =>
        {
            try
            {
                using var parent = Process.GetProcessById(parentId);
                parent.WaitForExit();
            }
            catch (ArgumentException)
            {
                // It is gone already.
            }

            End();
        });
        watch.IsBackground = true;
        watch.Name = "parent watch";
        watch.Start();
    }

    /// <summary>
    /// Ends this process at once. Environment.Exit would wait for handlers that a cell may have installed, and for a
    /// cell that spins without ever being at a point where it can be stopped.
    /// </summary>
    private static void End()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }
}
