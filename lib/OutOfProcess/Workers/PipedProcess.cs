using System.Diagnostics;
using System.IO.Pipes;

namespace OutOfProcess;

/// <summary>A worker program that was started, with a pipe in each direction beside its standard streams.</summary>
/// <param name="Process">The program.</param>
/// <param name="Calls">The pipe that it reads.</param>
/// <param name="Answers">The pipe that it writes.</param>
internal sealed record PipedProcess(Process Process, AnonymousPipeServerStream Calls, AnonymousPipeServerStream Answers) : IDisposable
{
    // Two processes started at once would inherit each other's ends of the pipes.
    private static readonly Lock Starting = new();

    /// <summary>Starts a worker; nothing is left of it when that fails.</summary>
    public static PipedProcess Start(string program, ProcessPoolOptions options, ControlBlock control, int index)
    {
        lock (Starting)
        {
            var answers = Pipe(PipeDirection.In);
            AnonymousPipeServerStream? calls = null;
            try
            {
                calls = Pipe(PipeDirection.Out);
                using var memory = control.Lend();
                var process = Process.Start(WorkerProgram.StartInfo(
                    program, options, calls.GetClientHandleAsString(), answers.GetClientHandleAsString(),
                    $"{memory}", $"{index}", $"{Environment.ProcessId}"))!;
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
