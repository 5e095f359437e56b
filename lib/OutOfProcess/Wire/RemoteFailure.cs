namespace OutOfProcess;

/// <summary>Why a call has no result, as a worker reports it.</summary>
internal enum FailureKind : byte
{
    /// <summary>The method or an argument could not be loaded.</summary>
    NotBegun,
    Threw,
    Cancelled,
    UnserializableResult,
}

/// <summary>Carries an exception between processes, in words.</summary>
internal static class RemoteFailure
{
    private static readonly string[] Machinery =
        ["InvokeStub_", "System.Reflection.", "System.RuntimeMethodHandle.", "OutOfProcess.Worker.", "Program.<Main>$"];

    public static void Write(Frame frame, FailureKind kind, Exception error)
    {
        frame.Write(kind);
        frame.WriteText(error.GetType().FullName!);
        frame.WriteText(Ask(() => error.Message));
        frame.WriteText(TextOf(error));
    }

    public static Exception Read(FrameReader reader, PoolCall call, int worker, int pid)
    {
        var (kind, type, message, text) = (reader.Read<FailureKind>(), reader.ReadText(), reader.ReadText(), reader.ReadText());
        return kind switch
        {
            FailureKind.Cancelled => call.Cancelled(),
            FailureKind.UnserializableResult => new UnserializableResultException($"{call}", message),
            FailureKind.NotBegun => new ArgumentException($"Worker {worker} (pid {pid}) could not begin {call}: {message}"),
            _ => new RemoteTaskException($"{call}", worker, pid, type, message, text),
        };
    }

    /// <summary>
    /// The exception with its stack, without the frames below the method: they are the worker's own, and tell a reader nothing.
    /// </summary>
    public static string TextOf(Exception error)
    {
        var lines = Ask(error.ToString).Split('\n').ToList();
        var own = lines.FindLastIndex(line => !IsMachinery(line)) + 1;
        return string.Join('\n', lines.Take(own)).TrimEnd();
    }

    /// <summary>Whether a line is of a stack below the method that was called.</summary>
    public static bool IsMachinery(string line) =>
        string.IsNullOrWhiteSpace(line) || Array.Exists(Machinery, machine => line.Contains($" at {machine}", StringComparison.Ordinal));

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
}
