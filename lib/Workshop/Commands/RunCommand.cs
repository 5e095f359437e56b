using System.CommandLine.Parsing;

namespace Workshop.Commands;

/// <summary><c>run</c>: runs notebooks and leaves handouts.</summary>
internal static class RunCommand
{
    /// <summary>Longer than any cell of the tutorial takes on a slow machine; a day is as good as never.</summary>
    private const int DefaultTimeoutSeconds = 300, MaximumTimeoutSeconds = 86_400;

    /// <summary>What a cell may take where nobody says otherwise.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(DefaultTimeoutSeconds);

    /// <summary>Adds <c>run</c> to the program, and makes it what the program does when no verb is given.</summary>
    public static void AddTo(RootCommand root)
    {
        var paths = WorkshopProgram.NotebooksArgument();
        var timeout = new Option<TimeSpan>("--timeout")
        {
            Description = $"Seconds that a cell may take before it is ended. [default: {DefaultTimeoutSeconds}]",
            HelpName = "seconds",
            DefaultValueFactory = _ => DefaultTimeout,
            CustomParser = ParseSeconds,
        };
        var save = new Option<bool>("--save") { Description = "Write the outputs into the notebooks that ran to their end." };
        var output = WorkshopProgram.FolderOption(
            "--output", "Write copies with their outputs into this folder; the notebooks stay as they are.");
        var handouts = WorkshopProgram.FolderOption(
            "--handouts", "Write the handouts into this folder instead of handouts/ in the repository.");
        var strict = new Option<bool>("--strict") { Description = "A claim that does not hold is an error." };
        var decided = new Option<bool>("--decided") { Description = "A claim that this machine could not decide is an error." };

        var verb = new Command("run", "Runs notebooks from top to bottom, shows which claims hold, and writes handouts.") { paths };
        foreach (var command in new[] { verb, root })
        {
            foreach (var option in new Option[] { timeout, save, output, handouts, strict, decided }) command.Options.Add(option);
            command.SetAction((result, cancellationToken) => new TutorialRun(new RunOptions(
                command == verb ? result.GetValue(paths) ?? [] : [],
                result.GetValue(timeout),
                result.GetValue(save),
                result.GetValue(output),
                result.GetValue(handouts),
                result.GetValue(strict),
                result.GetValue(decided))).RunAsync(cancellationToken));
        }

        root.Subcommands.Add(verb);
    }

    private static TimeSpan ParseSeconds(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && seconds is > 0 and <= MaximumTimeoutSeconds)
            return TimeSpan.FromSeconds(seconds);
        result.AddError($"--timeout takes a number of seconds, more than 0 and at most {MaximumTimeoutSeconds}; {text} is not one.");
        return default;
    }
}

/// <summary>What to run and what to leave behind; the options of the command line.</summary>
internal sealed record RunOptions(
    IReadOnlyList<string> Paths, TimeSpan CellTimeout, bool Save, string? Output, string? Handouts, bool Strict, bool Decided);
