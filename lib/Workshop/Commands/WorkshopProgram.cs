using System.CommandLine;
using System.Runtime.InteropServices;
using Workshop.Jupyter;
using Workshop.Lessons;

namespace Workshop.Commands;

/// <summary>The command line of the program.</summary>
internal static class WorkshopProgram
{
    // A notebook's process, and Jupyter with its kernels, need less; a signal ends the program whatever hangs.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(30);

    /// <summary>Parses and does what is asked.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (Problem(args) is { } problem)
        {
            ProgramConsole.Complain(problem);
            return ExitCode.Usage;
        }

        var result = Create().Parse(args);
        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors) ProgramConsole.Complain(error.Message);
            ProgramConsole.Complain("Use --help to see what there is.");
            return ExitCode.Usage;
        }

        var interrupted = ExitCode.Interrupted;
        using var interruption = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        try
        {
            // Interruptions are this method's, which lets the running notebook end before the program does.
            return await result.InvokeAsync(
                new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }, interruption.Token);
        }
        catch (Exception exception) when (InputException.Explains(exception))
        {
            ProgramConsole.Complain(exception.Message);
            return exception is JupyterSetupException ? ExitCode.Failed : ExitCode.Usage;
        }
        catch (OperationCanceledException) when (interruption.IsCancellationRequested)
        {
            ProgramConsole.Complain("Interrupted.");
            return interrupted;
        }

        void Interrupt(PosixSignalContext context)
        {
            // The second time means it: the default, which ends the program at once, takes its course.
            if (interruption.IsCancellationRequested) return;
            context.Cancel = true;
            if (context.Signal == PosixSignal.SIGTERM) interrupted = ExitCode.Terminated;
            _ = Task.Delay(EndPatience).ContinueWith(_ => Environment.Exit(interrupted), TaskScheduler.Default);
            interruption.Cancel();
        }
    }

    /// <summary>The notebooks that a verb is about, as <see cref="NotebookFiles.Resolve"/> takes them.</summary>
    public static Argument<string[]> NotebooksArgument() => new("notebooks")
    {
        Description = "Notebooks, or folders of notebooks. All lessons when none is named.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>What no verb can do anything with; null where there is nothing of the kind.</summary>
    private static string? Problem(string[] args)
    {
        if (Array.FindIndex(args, string.IsNullOrWhiteSpace) is >= 0 and var empty)
            return $"Argument {empty + 1} is empty{(empty > 0 ? $", after {args[empty - 1]}" : "")}: a name belongs there.";
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

    private static RootCommand Create()
    {
        var root = new RootCommand("Concurrency Notebooks: runs the tutorial on this machine, and writes its handouts.");
        RunCommand.AddTo(root);
        HandoutsCommand.AddTo(root);
        CheckCommand.AddTo(root);
        JupyterCommand.AddTo(root);
        return root;
    }
}
