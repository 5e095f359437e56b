using System.ComponentModel;
using System.Runtime.InteropServices;
using Workshop.Jupyter;
using Workshop.Running;

namespace Workshop.Commands;

/// <summary>The command line of the program.</summary>
internal static class WorkshopProgram
{
    // A notebook's process, and Jupyter with its kernels, need less; a signal ends the program whatever hangs.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(string[] args)
    {
        var result = Create().Parse(args);
        string[] problems = Problem(args) is { } problem ? [problem]
            : result.Errors.Count == 0 ? []
            : [.. result.Errors.Select(error => error.Message), "Use --help to see what there is."];
        foreach (var text in problems) RunConsole.Complain(text);
        if (problems.Length > 0) return ExitCode.Usage;

        var interrupted = ExitCode.Interrupted;
        using var interruption = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Interrupt);
        try
        {
            // Interruptions are this method's, which lets the running notebook end before the program does.
            var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
            return await result.InvokeAsync(configuration, interruption.Token);
        }
        catch (Exception exception) when (interruption.IsCancellationRequested)
        {
            // Also where the terminal is gone, so that no last words can be written.
            RunConsole.Complain(exception is OperationCanceledException ? "Interrupted." : $"Interrupted. {exception.Message}");
            return interrupted;
        }
        catch (Exception exception) when (InputException.Explains(exception))
        {
            RunConsole.Complain(exception.Message);
            return exception is JupyterSetupException ? ExitCode.Failed : ExitCode.Usage;
        }
        catch (Win32Exception exception)
        {
            const string Advice = "Check that it can be started (a script also needs what its first line names), or install it again.";
            RunConsole.Complain($"{exception.GetBaseException().Message}. {Advice}");
            return ExitCode.Failed;
        }

        void Interrupt(PosixSignalContext context)
        {
            // The second time means it: the default, which ends the program at once, takes its course.
            if (interruption.IsCancellationRequested) return;
            context.Cancel = true;
            if (context.Signal == PosixSignal.SIGTERM) interrupted = ExitCode.Terminated;
            if (context.Signal == PosixSignal.SIGHUP) interrupted = ExitCode.HungUp;
            _ = Task.Delay(EndPatience).ContinueWith(_ => Environment.Exit(interrupted), TaskScheduler.Default);
            interruption.Cancel();
        }
    }

    /// <summary>The verbs and their options.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Concurrency Notebooks: runs the tutorial on this machine, and writes its handouts.");
        root.Add(RunCommand.Create(root));
        root.Add(HandoutsCommand.Create());
        root.Add(EditionCommand.Create());
        root.Add(SlidesCommand.Create());
        root.Add(PlanCommand.Create());
        root.Add(CheckCommand.Create());
        root.Add(JupyterCommand.Create());
        root.Add(DoctorCommand.Create());
        root.Add(WatchCommand.Create());
        return root;
    }

    /// <summary>What no verb can do anything with; null where there is nothing of the kind.</summary>
    private static string? Problem(string[] args)
    {
        foreach (var (index, argument) in args.Index())
        {
            // What stands behind an option may be joined to it: --output=folder.
            var value = argument.StartsWith("--", StringComparison.Ordinal) ? argument[(argument.IndexOfAny(['=', ':']) + 1)..] : argument;
            var problem = string.IsNullOrWhiteSpace(value) ? "is empty" : value.Contains('\0') ? "holds a NUL character" : null;
            var place = index > 0 ? $"{index + 1}, after {args[index - 1]}," : "1";
            if (problem is not null) return $"Argument {place} {problem}: a name or a number belongs there.";
        }

        try
        {
            _ = Directory.GetCurrentDirectory();
            return null;
        }
        catch (IOException)
        {
            return "The folder in which this program was started does not exist any more. Change to one that does.";
        }
    }
}
