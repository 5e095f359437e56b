namespace NotebookHost;

/// <summary>
/// Says what an exception means to the author of a cell: type, message, inner exceptions, and the stack down to the
/// cell, with the names that stand in the source instead of those that the compiler made of them.
/// </summary>
internal static partial class RuntimeErrors
{
    private const int InnerDepth = 8;

    /// <summary>How many lines are shown of where it began, and of where a cell called it or of its first cause.</summary>
    private const int FirstLines = 80, LastLines = 20;

    public static CellError Describe(Exception exception)
    {
        exception = Unwrap(exception);
        var (line, frames) = Frames(exception);
        var (name, message) = (TypeName(exception), MessageOf(exception));
        List<string> lines = [.. frames, .. Inner(exception, depth: 1)];
        if (lines.Count - FirstLines - LastLines is > 0 and var more)
            lines = [.. lines.Take(FirstLines), FormattableString.Invariant($"   … {more:N0} more"), .. lines.TakeLast(LastLines)];
        return new CellError(name, message, line, [$"{name}: {message}", .. lines]);
    }

    /// <summary>An exception that only carries another one says less than what it carries.</summary>
    private static Exception Unwrap(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        _ => exception,
    };

    private static IEnumerable<string> Inner(Exception exception, int depth)
    {
        Exception[] inner = exception is AggregateException aggregate
            ? [.. aggregate.InnerExceptions]
            : exception.InnerException is { } one ? [one] : [];
        if (inner.Length > 0 && depth > InnerDepth) return ["  ---> …"];
        return inner.SelectMany(next =>
            (string[])[$"  ---> {TypeName(next)}: {MessageOf(next)}", .. Frames(next).Lines, .. Inner(next, depth + 1)]);
    }

    private static (int? Line, IEnumerable<string> Lines) Frames(Exception exception)
    {
        var frames = Frame().Matches(new StackTrace(exception, fNeedFileInfo: true).ToString()).ToList();

        // What called the cell is this host and the framework; the author knows neither. An exception that never passed through a
        // cell keeps its frames.
        var end = frames.FindLastIndex(IsOfCell) + 1;
        var shown = frames.Take(end > 0 ? end : frames.Count).Where(frame => !Machinery().IsMatch(frame.Groups["method"].Value));
        var line = frames.Find(frame => IsOfCell(frame) && frame.Groups["line"].Success && !Path.IsPathRooted(frame.Groups["file"].Value));
        return (line is null ? null : int.Parse(line.Groups["line"].Value, CultureInfo.InvariantCulture), shown.Select(Describe));
    }

    private static bool IsOfCell(Match frame) => frame.Groups["method"].Value.StartsWith("Submission#", StringComparison.Ordinal);

    private static string Describe(Match frame)
    {
        var name = MethodName(frame.Groups["method"].Value, frame.Groups["parameters"].Value);

        // Library frames show no file names: those are paths of the machine that built them.
        if (!IsOfCell(frame)) return $"   at {name}";
        var (file, line) = (frame.Groups["file"].Value, frame.Groups["line"].Value);
        var place = file.Length == 0 ? "a cell" : $"{(Path.IsPathRooted(file) ? Path.GetFileName(file) : "cell " + file)}, line {line}";
        return name.Length == 0 ? $"   at {place}" : $"   at {name} in {place}";
    }

    /// <summary>The name in the source: no state machines, no display classes, nothing for a cell's top level.</summary>
    private static string MethodName(string method, string parameters)
    {
        method = StateMachine().Replace(Generated().Replace(method, ""), "$1");
        parameters = Generated().Replace(parameters, "");
        if (Inside().Match(method) is { Success: true } inside)
        {
            var (owner, outer, local) = (inside.Groups["owner"].Value, inside.Groups["outer"].Value, inside.Groups["local"].Value);
            if (local.Length > 0) return $"{owner}{local}({parameters})";
            return outer.StartsWith('<') ? $"{owner}lambda" : $"lambda in {owner}{outer}";
        }

        if (method.EndsWith(".ctor", StringComparison.Ordinal) || method.EndsWith(".cctor", StringComparison.Ordinal))
            return method.LastIndexOf("..", StringComparison.Ordinal) is > 0 and var end ? $"new {method[..end]}({parameters})" : "";
        return method.StartsWith('<') ? "" : $"{method}({parameters})";
    }

    private static string TypeName(Exception exception) => Generated().Replace(exception.GetType().ToString().Replace('+', '.'), "");

    /// <summary>A message is the cell's own code, which may throw in its turn.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "whatever Message throws, the exception itself must still be reported")]
    private static string MessageOf(Exception exception)
    {
        try
        {
            return exception is AggregateException { InnerExceptions.Count: var count }
                ? $"{count} errors occurred."
                : ValueForms.Cut(exception.Message ?? ""); // An override may give null all the same.
        }
        catch (Exception thrown)
        {
            return $"(its Message property threw {thrown.GetType().Name})";
        }
    }

    // A line of the runtime's own text.
    [GeneratedRegex(
        @"^   at (?<method>[^(\r\n]+)\((?<parameters>[^\r\n]*?)\)(?:\+MoveNext\(\))?"
        + @"(?: in (?<file>[^\r\n]+):line (?<line>\d+))?\r?$",
        RegexOptions.Multiline)]
    private static partial Regex Frame();

    [GeneratedRegex(
        @"^(?:NotebookHost|System\.Runtime\.(?:CompilerServices|ExceptionServices|ControlledExecution)"
        + @"|System\.Threading\.ExecutionContext)\.")]
    private static partial Regex Machinery();

    // The class of a cell, classes of lambdas, numbers and arguments of type parameters.
    [GeneratedRegex(@"^Submission#\d+\.|<>\w+\.|`\d+|\[[^\]]*\w[^\]]*\]")]
    private static partial Regex Generated();

    // What an async method of a cell runs as.
    [GeneratedRegex(@"<(.*)>d(?:__\d+)?\.MoveNext$")]
    private static partial Regex StateMachine();

    // A local function or a lambda.
    [GeneratedRegex(@"^(?<owner>[^<]*)<(?<outer>.*)>(?:g__(?<local>[^|]+)\||b__)")]
    private static partial Regex Inside();
}
