namespace NotebookHost;

/// <summary>
/// Says what an exception means to the author of a cell: type, message, inner exceptions, and the stack down to the
/// cell, with the names that stand in the source instead of those that the compiler made of them.
/// </summary>
internal static partial class RuntimeErrors
{
    private const int InnerDepth = 8;

    public static CellError Describe(Exception exception)
    {
        exception = Unwrap(exception);
        var (line, frames) = Frames(exception);
        var lines = new List<string> { $"{TypeName(exception)}: {MessageOf(exception)}" };
        lines.AddRange(frames);
        AddInner(lines, exception, depth: 1);
        return new CellError(TypeName(exception), MessageOf(exception), line, lines);
    }

    /// <summary>An exception that only carries another one says less than what it carries.</summary>
    private static Exception Unwrap(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var only] } => Unwrap(only),
        TargetInvocationException { InnerException: { } inner } => Unwrap(inner),
        _ => exception,
    };

    private static void AddInner(List<string> lines, Exception exception, int depth)
    {
        IReadOnlyList<Exception> inner = exception is AggregateException aggregate
            ? aggregate.InnerExceptions
            : exception.InnerException is { } one ? [one] : [];
        foreach (var next in inner)
        {
            if (depth > InnerDepth)
            {
                lines.Add("  ---> …");
                return;
            }

            lines.Add($"  ---> {TypeName(next)}: {MessageOf(next)}");
            lines.AddRange(Frames(next).Lines);
            AddInner(lines, next, depth + 1);
        }
    }

    private static (int? Line, List<string> Lines) Frames(Exception exception)
    {
        int? line = null;
        var lines = new List<string>();
        var afterUser = 0;
        foreach (var frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetMethod() is not { } method || IsMachinery(method)) continue;
            var isUser = method.DeclaringType?.Assembly is { } assembly && IsCell(assembly);
            var number = frame.GetFileLineNumber();
            if (isUser && number > 0 && !Path.IsPathRooted(frame.GetFileName())) line ??= number;

            // Library frames carry no file names: those are paths of the machine that built them.
            lines.Add(isUser ? UserFrame(method, frame.GetFileName(), number) : $"   at {MethodName(method)}");
            if (isUser) afterUser = lines.Count;
        }

        // What called the cell is this engine and the framework; the author knows neither. An exception that never
        // passed through a cell keeps its frames.
        if (afterUser > 0) lines.RemoveRange(afterUser, lines.Count - afterUser);
        return (line, lines);
    }

    // The scripting API's own mark for what it compiles.
    private static bool IsCell(Assembly assembly) => assembly.GetName().Name!.StartsWith('ℛ');

    private static bool IsMachinery(MethodBase method) =>
        method.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false)
        || method.DeclaringType?.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false) == true
        || method.DeclaringType?.Assembly == typeof(RuntimeErrors).Assembly
        || method.DeclaringType is { Namespace: "System.Runtime.CompilerServices" or "System.Runtime.ExceptionServices" }
        || method.DeclaringType?.FullName is "System.Runtime.ControlledExecution" or "System.Threading.ExecutionContext";

    private static string UserFrame(MethodBase method, string? file, int line)
    {
        var name = MethodName(method);
        var place = (file is null ? "a cell" : Path.IsPathRooted(file) ? Path.GetFileName(file) : "cell " + file)
            + (line > 0 ? FormattableString.Invariant($", line {line}") : "");
        return name.Length == 0 ? $"   at {place}" : $"   at {name} in {place}";
    }

    /// <summary>The name in the source: no state machines, no display classes, nothing for a cell's top level.</summary>
    private static string MethodName(MethodBase method)
    {
        var type = method.DeclaringType;
        var name = method.Name;
        var parameters = string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name.Split('`')[0] + " " + p.Name));

        // An async or iterator method runs as MoveNext of a class that is named after it and knows no parameters.
        if (name == "MoveNext" && type is { DeclaringType: not null } && type.Name.StartsWith('<'))
        {
            name = StateMachineName().Match(type.Name) is { Success: true } match ? match.Groups[1].Value : type.Name;
            parameters = "";
            type = type.DeclaringType;
        }

        while (type is { DeclaringType: not null } && type.Name.StartsWith("<>", StringComparison.Ordinal)) type = type.DeclaringType;
        var owner = type is null || type.Name.StartsWith("Submission#", StringComparison.Ordinal) ? "" : TypeDisplay(type) + ".";

        if (LocalFunctionName().Match(name) is { Success: true } local) return $"{owner}{local.Groups[1].Value}({parameters})";
        if (LambdaName().Match(name) is { Success: true } lambda)
        {
            var outer = lambda.Groups[1].Value;
            return outer.StartsWith('<') ? $"{owner}lambda" : $"lambda in {owner}{outer}";
        }

        if (name is "<Initialize>" or "<Factory>" or "<Main>") return "";
        if (name is ".ctor" or ".cctor") return owner.Length == 0 ? "" : $"new {owner[..^1]}({parameters})";
        return $"{owner}{name}({parameters})";
    }

    private static string TypeDisplay(Type type) =>
        SubmissionPrefix().Replace((type.FullName ?? type.Name).Replace('+', '.'), "").Split('`')[0];

    private static string TypeName(Exception exception) => TypeDisplay(exception.GetType());

    /// <summary>A message is the cell's own code, which may throw in its turn.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "whatever Message throws, the exception itself must still be reported")]
    private static string MessageOf(Exception exception)
    {
        try
        {
            return exception is AggregateException { InnerExceptions.Count: var count }
                ? $"{count} errors occurred."
                : exception.Message ?? ""; // An override may give null all the same.
        }
        catch (Exception thrown)
        {
            return $"(its Message property threw {thrown.GetType().Name})";
        }
    }

    [GeneratedRegex(@"^<(<?\w+>?)>d(?:__\d+)?")]
    private static partial Regex StateMachineName();

    [GeneratedRegex(@"^<.*>g__([^|]+)\|")]
    private static partial Regex LocalFunctionName();

    [GeneratedRegex(@"^<(.*)>b__")]
    private static partial Regex LambdaName();

    [GeneratedRegex(@"^Submission#\d+\.")]
    private static partial Regex SubmissionPrefix();
}
