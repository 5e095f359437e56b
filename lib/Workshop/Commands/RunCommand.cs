namespace Workshop.Commands;

/// <summary><c>run</c>: runs notebooks and leaves handouts.</summary>
internal static class RunCommand
{
    /// <summary>What a cell may take where nobody says otherwise: longer than any of the tutorial takes on a slow machine.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Makes the verb, and what it does also what the program does when no verb is given.</summary>
    public static Command Create(RootCommand root)
    {
        var timeout = Options.Number(
            "--timeout", "seconds", $"Seconds that a cell may take before it is ended. [default: {DefaultTimeout.TotalSeconds}]",
            NumberStyles.Float, 86_400, "a number of seconds, more than 0 and at most 86400");
        var save = Options.Flag("--save", "Write the outputs into the notebooks that ran to their end.");
        var output = Options.Path(
            "--output", "folder", "Write copies with their outputs into this folder; the notebooks stay as they are.");
        var handouts = Options.Path("--handouts", "folder", "Write the handouts into this folder instead of handouts/ in the repository.");
        var strict = Options.Flag("--strict", "A claim that does not hold is an error.");
        var decided = Options.Flag("--decided", "A claim that this machine could not decide is an error.");
        var verb = new Command("run", "Runs notebooks from top to bottom, shows which claims hold, and writes handouts.");
        verb.Add(Options.Notebooks);
        foreach (var command in new[] { verb, root })
        {
            foreach (var option in new Option[] { timeout, save, output, handouts, strict, decided }) command.Add(option);
            command.SetAction((line, cancellationToken) => new TutorialRun(new RunOptions(
                command == verb ? line.GetRequiredValue(Options.Notebooks) : [],
                line.GetValue(timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultTimeout,
                line.GetValue(save), line.GetValue(output), line.GetValue(handouts), line.GetValue(strict), line.GetValue(decided)))
                .RunAsync(cancellationToken));
        }

        return verb;
    }
}

/// <summary>What to run and what to leave behind; the options of the command line.</summary>
internal sealed record RunOptions(
    IReadOnlyList<string> Paths, TimeSpan CellTimeout, bool Save, string? Output, string? Handouts, bool Strict, bool Decided);
