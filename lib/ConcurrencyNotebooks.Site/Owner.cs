using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace ConcurrencyNotebooks.Site;

/// <summary>
/// The process for which the site runs. It ends with it, at once and whatever it is doing: there is nothing to save. Two signs
/// are watched, because each can fail: standard input is closed (but another child of the owner may hold the pipe open), and
/// the owner's process is gone (but its number may be taken by another).
/// </summary>
internal sealed class Owner : IHostLifetime
{
    private readonly int _processId;
    private readonly PosixSignalRegistration _interrupt;

    private Owner(int processId)
    {
        _processId = processId;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
    }

    public static Owner Parse(string[] args)
    {
        if (args is [var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var processId))
            return new Owner(processId);
        Console.Error.WriteLine("This program is started by the notebooks: await LoopbackSite.StartAsync(). Its one argument is their process id.");
        Environment.Exit(2);
        return null!; // Not reached.
    }

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
        var ignored = new byte[64];
        try
        {
            while (input.Read(ignored) > 0)
            {
                // Nobody has anything to say to the site; the end of the input is the message.
            }
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
            using var process = Process.GetProcessById(_processId);
            process.WaitForExit();
        }
        catch (ArgumentException)
        {
            // No process of that number: the owner ended before it could be watched.
        }

        Environment.Exit(0);
    }
}
