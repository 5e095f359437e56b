using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using Workshop.Jupyter;
using Workshop.Running;

namespace Workshop.Commands;

/// <summary>The command line of the program.</summary>
internal static class WorkshopProgram
{
    /// <summary>In characters, on the most generous of the systems.</summary>
    private const int LongestPath = 32_767;

    private const int MaximumPort = 65_535;

    // A notebook's process, and Jupyter with its kernels, need less; a signal ends the program whatever hangs.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(string[] args)
    {
        if (Problem(args) is { } problem)
        {
            RunConsole.Complain(problem);
            return ExitCode.Usage;
        }

        var result = Create().Parse(args);
        if (result.Errors.Count > 0)
        {
            foreach (var error in result.Errors) RunConsole.Complain(error.Message);
            RunConsole.Complain("Use --help to see what there is.");
            return ExitCode.Usage;
        }

        var interrupted = ExitCode.Interrupted;
        using var interruption = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        try
        {
            // Interruptions are this method's, which lets the running notebook end before the program does.
            var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
            return await result.InvokeAsync(configuration, interruption.Token);
        }
        catch (Exception exception) when (InputException.Explains(exception))
        {
            RunConsole.Complain(exception.Message);
            return exception is JupyterSetupException ? ExitCode.Failed : ExitCode.Usage;
        }
        catch (OperationCanceledException) when (interruption.IsCancellationRequested)
        {
            RunConsole.Complain("Interrupted.");
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
        Description = "Notebooks, folders of notebooks, or numbers of lessons. All lessons when none is named.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Option<string?> FolderOption(string name, string description) =>
        new(name) { Description = description, HelpName = "folder" };

    public static Option<int?> PortOption(string description) => new("--port")
    {
        Description = $"{description} [default: one that is free]",
        HelpName = "port",
        CustomParser = ParsePort,
    };

    private static int? ParsePort(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= MaximumPort) return port;
        result.AddError($"--port takes a number from 1 to {MaximumPort}; {text} is not one.");
        return null;
    }

    /// <summary>What no verb can do anything with; null where there is nothing of the kind.</summary>
    private static string? Problem(string[] args)
    {
        foreach (var (index, argument) in args.Index())
        {
            // What stands behind an option may be joined to it: --output=folder.
            var value = argument.StartsWith("--", StringComparison.Ordinal) ? argument[(argument.IndexOfAny(['=', ':']) + 1)..] : argument;
            var problem = string.IsNullOrWhiteSpace(value) ? "is empty"
                : argument.Contains('\0', StringComparison.Ordinal) ? "holds a NUL character"
                : argument.Length > LongestPath ? $"has {argument.Length} characters, more than any path" : null;
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

    /// <summary>The verbs and their options.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Concurrency Notebooks: runs the tutorial on this machine, and writes its handouts.");
        RunCommand.AddTo(root);
        HandoutsCommand.AddTo(root);
        EditionCommand.AddTo(root);
        SlidesCommand.AddTo(root);
        PlanCommand.AddTo(root);
        CheckCommand.AddTo(root);
        JupyterCommand.AddTo(root);
        DoctorCommand.AddTo(root);
        WatchCommand.AddTo(root);
        return root;
    }
}
