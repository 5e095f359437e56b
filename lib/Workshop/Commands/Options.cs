using System.CommandLine.Parsing;

namespace Workshop.Commands;

/// <summary>What verbs are made of, and the arguments and options that several of them have.</summary>
internal static class Options
{
    /// <summary>The notebooks that a verb is about, as <see cref="NotebookFiles.Resolve"/> takes them.</summary>
    public static Argument<string[]> Notebooks { get; } = new("notebooks")
    {
        Description = "Notebooks, folders of notebooks, or numbers of lessons. All lessons when none is named.",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => [],
    };

    /// <summary>For whom pages alone are.</summary>
    public static Option<Edition> EditionOfPages { get; } = new("--edition")
    {
        Description = "Pages for students (without solutions and outputs) or for the instructor (with notes and minutes).",
        HelpName = "student|instructor",
        CustomParser = ParseEdition,
    };

    /// <summary>Beside the pages.</summary>
    public static Option<bool> Book { get; } =
        Flag("--book", $"Also write all pages as one book, {Handouts.Book.FileName}, which needs Chromium or Chrome.");

    public static Command Verb(Command verb, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        verb.SetAction(run);
        return verb;
    }

    public static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    public static Option<string?> Path(string name, string kind, string description) =>
        new(name) { Description = description, HelpName = kind };

    public static Option<double?> Port(string description) =>
        Number("--port", "port", $"{description} [default: one that is free]", NumberStyles.Integer, 65_535, "a number from 1 to 65535");

    /// <summary>A number above 0.</summary>
    public static Option<double?> Number(
        string name, string helpName, string description, NumberStyles style, double maximum, string wanted) => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                var isNumber = double.TryParse(text, style, CultureInfo.InvariantCulture, out var number);
                if (isNumber && number > 0 && number <= maximum) return number;
                result.AddError($"{name} takes {wanted}; {text} is not one.");
                return null;
            },
        };

    public static Edition ParseEdition(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text is "student") return Edition.Student;
        if (text is not "instructor") result.AddError($"There is no edition {text}: the editions are student and instructor.");
        return Edition.Instructor;
    }
}
