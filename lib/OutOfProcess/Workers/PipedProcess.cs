using System.Diagnostics;
using System.IO.Pipes;

namespace OutOfProcess;

/// <summary>A program that was started with a pipe in each direction, beside its standard streams.</summary>
internal sealed class PipedProcess : IDisposable
{
    // Two processes started at once would inherit each other's ends of the pipes.
    private static readonly Lock Starting = new();

    private PipedProcess(Process process, AnonymousPipeServerStream calls, AnonymousPipeServerStream answers) =>
        (Process, Calls, Answers) = (process, calls, answers);

    public Process Process { get; }

    /// <summary>The pipe that the program reads.</summary>
    public AnonymousPipeServerStream Calls { get; }

    /// <summary>The pipe that the program writes.</summary>
    public AnonymousPipeServerStream Answers { get; }

    /// <summary>Starts a program; nothing is left of it when that fails.</summary>
    /// <param name="control">The memory to lend it, if any.</param>
    /// <param name="describe">How to start it, given where it reads calls, where it writes answers, and the memory.</param>
    public static PipedProcess Start(ControlBlock? control, Func<string, string, string, ProcessStartInfo> describe)
    {
        lock (Starting)
        {
            var answers = Pipe(PipeDirection.In);
            AnonymousPipeServerStream? calls = null;
            try
            {
                calls = Pipe(PipeDirection.Out);
                using var memory = control?.Lend();
                var process = Process.Start(describe(calls.GetClientHandleAsString(), answers.GetClientHandleAsString(), $"{memory}"))!;
                return new PipedProcess(process, calls, answers);
            }
            catch
            {
                calls?.Dispose();
                answers.Dispose();
                throw;
            }
            finally
            {
                calls?.DisposeLocalCopyOfClientHandle();
                answers.DisposeLocalCopyOfClientHandle();
            }
        }
    }

    public void Dispose()
    {
        Calls.Dispose();
        Answers.Dispose();
        Process.Dispose();
    }

    private static AnonymousPipeServerStream Pipe(PipeDirection direction)
    {
        try
        {
            return new AnonymousPipeServerStream(direction, HandleInheritability.Inheritable, Protocol.PipeCapacity);
        }
        catch (IOException)
        {
            // A user may have only so much memory in pipes; the usual capacity is slower with large values, no more.
            return new AnonymousPipeServerStream(direction, HandleInheritability.Inheritable);
        }
    }
}
