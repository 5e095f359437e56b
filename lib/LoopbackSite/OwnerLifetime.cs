using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace OwnedProcesses;

/// <summary>
/// Ends a program with the process that owns it, at once and whatever it is doing: there is nothing to save. Two signs are
/// watched, because each can fail: standard input is closed (but another child of the owner may hold the pipe open), and the
/// owner's process is gone (but another process may have taken its number).
/// </summary>
internal sealed class OwnerLifetime(int owner) : IHostLifetime
{
    // Ctrl+C, and a Jupyter interrupt, reach the whole process group, and mean the cell and not its companions.
    private readonly PosixSignalRegistration _interrupt =
        PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        // Nobody has anything to say to the program; the end of the input is the message.
        EndAfter("standard input", () => Console.OpenStandardInput().CopyTo(Stream.Null));
        EndAfter("owner", () => Process.GetProcessById(owner).WaitForExit());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _interrupt.Dispose();
        return Task.CompletedTask;
    }

    private static void EndAfter(string sign, Action wait)
    {
        new Thread(End) { IsBackground = true, Name = sign }.Start();

        void End()
        {
            try
            {
                wait();
            }
            catch (Exception exception) when (exception is IOException or ArgumentException)
            {
                // A broken pipe is an end as well; and where no process has the number, the owner ended before it could be watched.
            }

            Environment.Exit(0);
        }
    }
}
