namespace OutOfProcess;

/// <summary>Why a call has no result, in words that cross between processes.</summary>
internal sealed record RemoteFailure(FailureKind Kind, string TypeName, string Message, string Text)
{
    public static RemoteFailure Of(FailureKind kind, Exception error) =>
        new(kind, error.GetType().FullName!, Ask(() => error.Message), Trim(Ask(error.ToString)));

    public static RemoteFailure Read(FrameReader reader) =>
        new(reader.Read<FailureKind>(), reader.ReadText(), reader.ReadText(), reader.ReadText());

    public void Write(FrameWriter writer)
    {
        writer.Write(Kind);
        writer.WriteText(TypeName);
        writer.WriteText(Message);
        writer.WriteText(Text);
    }

    public Exception ToException(PoolCall call, int worker, int pid) => Kind switch
    {
        FailureKind.Cancelled => call.Cancelled(),
        FailureKind.UnserializableResult => new UnserializableResultException($"{call}", Message),
        FailureKind.NotBegun => new ArgumentException($"Worker {worker} (pid {pid}) could not begin {call}: {Message}"),
        _ => new RemoteTaskException($"{call}", worker, pid, TypeName, Message, Text),
    };

    // An exception is user code: its members may throw, which must not cost the worker.
    private static string Ask(Func<string> member)
    {
        try
        {
            return member() ?? "";
        }
#pragma warning disable CA1031 // Whatever it throws, the caller is to learn of the exception itself.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return $"(the exception cannot say what happened: its own text threw {error.GetType().FullName})";
        }
    }

    // The frames below the method are the worker's own, and tell the reader nothing.
    private static string Trim(string text)
    {
        var lines = text.Split('\n').ToList();
        var own = lines.FindLastIndex(line => !IsMachinery(line)) + 1;
        return string.Join('\n', lines.Take(own)).TrimEnd();
    }

    /// <summary>Whether a line is of a stack below the method that was called.</summary>
    public static bool IsMachinery(string line) =>
        line.Contains(" at InvokeStub_", StringComparison.Ordinal)
        || line.Contains(" at System.Reflection.", StringComparison.Ordinal)
        || line.Contains(" at System.RuntimeMethodHandle.", StringComparison.Ordinal)
        || line.Contains($" at {Protocol.WorkerNamespace}.", StringComparison.Ordinal)
        || line.Contains(" at Program.<Main>$", StringComparison.Ordinal)
        || string.IsNullOrWhiteSpace(line);
}
