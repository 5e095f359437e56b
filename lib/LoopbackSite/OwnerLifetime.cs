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
        new Thread(EndWithInput) { IsBackground = true, Name = "standard input" }.Start();
        new Thread(EndWithProcess) { IsBackground = true, Name = "owner" }.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _interrupt.Dispose();
        return Task.CompletedTask;
    }

    private static void EndWithInput()
    {
        using var input = Console.OpenStandardInput();
        try
        {
            // Nobody has anything to say to the program; the end of the input is the message.
            input.CopyTo(Stream.Null);
        }
        catch (IOException)
        {
            // A broken pipe is an end as well.
        }

        Environment.Exit(0);
    }

    private void EndWithProcess()
    {
        try
        {
            using var process = Process.GetProcessById(owner);
            process.WaitForExit();
        }
        catch (ArgumentException)
        {
            // No process of that number: the owner ended before it could be watched.
        }

        Environment.Exit(0);
    }
}
