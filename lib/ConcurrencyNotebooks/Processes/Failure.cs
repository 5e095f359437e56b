namespace ConcurrencyNotebooks;

/// <summary>Why a call has no result, in words that cross between processes.</summary>
internal sealed record Failure(FailureKind Kind, string TypeName, string Message, string Text)
{
    public static Failure Of(FailureKind kind, Exception error) => new(kind, error.GetType().FullName!, error.Message, Trim($"{error}"));

    public static Failure Read(FrameReader reader) => new(reader.Read<FailureKind>(), reader.ReadText(), reader.ReadText(), reader.ReadText());

    public void Write(FrameWriter writer)
    {
        writer.Write(Kind);
        writer.WriteText(TypeName);
        writer.WriteText(Message);
        writer.WriteText(Text);
    }

    public Exception ToException(PoolCall call, WorkerProcess worker) => Kind switch
    {
        FailureKind.Cancelled => new OperationCanceledException(call.Token),
        FailureKind.UnserializableResult => new UnserializableResultException($"{call}", Message),
        FailureKind.UnreadableArgument => new ArgumentException($"An argument of {call} could not be read in worker {worker.Number} (pid {worker.Pid}): {Message} Pass numbers, strings, arrays of these, or records with settable properties."),
        FailureKind.MethodNotFound => new ArgumentException($"Worker {worker.Number} (pid {worker.Pid}) could not load {call.Method.Name} from {call.Method.Method.DeclaringType!.Assembly.Location}: {Message} Build it again, and keep the assemblies that it needs beside it."),
        _ => new RemoteTaskException($"{call}", worker.Number, worker.Pid, TypeName, Message, Text),
    };

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
        || line.Contains(" at ConcurrencyNotebooks.RemoteCalls.", StringComparison.Ordinal)
        || line.Contains(" at ConcurrencyNotebooks.ChunkRunner", StringComparison.Ordinal)
        || line.Contains(" at Program.<Main>$", StringComparison.Ordinal)
        || string.IsNullOrWhiteSpace(line);
}
