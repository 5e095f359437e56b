using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Workshop.Commands;

/// <summary><c>run</c>: runs notebooks and leaves handouts.</summary>
internal sealed class RunCommand
{
    /// <summary>Longer than any cell of the tutorial takes on a slow machine; a day is as good as never.</summary>
    private const int DefaultTimeoutSeconds = 300, MaximumTimeoutSeconds = 86_400;

    private readonly Argument<string[]> _paths = WorkshopProgram.NotebooksArgument();

    private readonly Option<TimeSpan> _timeout = new("--timeout")
    {
        Description = $"Seconds that a cell may take before it is ended. [default: {DefaultTimeoutSeconds}]",
        HelpName = "seconds",
        DefaultValueFactory = _ => TimeSpan.FromSeconds(DefaultTimeoutSeconds),
        CustomParser = ParseSeconds,
    };

    private readonly Option<bool> _save = new("--save") { Description = "Write the outputs into the notebooks that ran to their end." };

    private readonly Option<string?> _output = new("--output")
    {
        Description = "Write copies with their outputs into this folder; the notebooks stay as they are.",
        HelpName = "folder",
    };

    private readonly Option<string?> _handouts = new("--handouts")
    {
        Description = "Write the handouts into this folder instead of handouts/ in the repository.",
        HelpName = "folder",
    };

    private readonly Option<bool> _strict = new("--strict") { Description = "A claim that does not hold is an error." };

    private readonly Option<bool> _decided = new("--decided") { Description = "A claim that this machine could not decide is an error." };

    /// <summary>Adds <c>run</c> to the program, and makes it what the program does when no verb is given.</summary>
    public static void AddTo(RootCommand root)
    {
        var run = new RunCommand();
        var verb = new Command("run", "Runs notebooks from top to bottom, shows which claims hold, and writes handouts.") { run._paths };
        verb.SetAction((result, cancellationToken) => run.RunAsync(result, result.GetValue(run._paths) ?? [], cancellationToken));
        root.Subcommands.Add(verb);
        root.SetAction((result, cancellationToken) => run.RunAsync(result, [], cancellationToken));
        foreach (var option in new Option[] { run._timeout, run._save, run._output, run._handouts, run._strict, run._decided })
        {
            verb.Options.Add(option);
            root.Options.Add(option);
        }
    }

    private Task<int> RunAsync(ParseResult result, string[] paths, CancellationToken cancellationToken)
    {
        var options = new RunOptions(
            paths,
            result.GetValue(_timeout),
            result.GetValue(_save),
            result.GetValue(_output),
            result.GetValue(_handouts),
            result.GetValue(_strict),
            result.GetValue(_decided));
        return new TutorialRun(options).RunAsync(cancellationToken);
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
