using System.ComponentModel;
using System.IO.Pipes;

namespace Workshop.Isolation;

/// <content>Starting the process.</content>
internal sealed partial class NotebookProcess
{
    // After so many calls (hexadecimal) the runtime recompiles a method in the background. With its default of 30 it
    // recompiles a good part of the C# compiler after the first cells, and has a core to itself for a second: the very
    // core that a notebook measures. The compiler is compiled ahead of time and hardly gains by it.
    private const string CallCountVariable = "DOTNET_TC_CallCountThreshold", CallsBeforeRecompiling = "300";

    // Held while a child starts: between the creation of inheritable pipes and the closing of this side's copies, any
    // other child started would inherit them too, and keep a dead notebook's pipes open.
    private static readonly Lock Starting = new();

    /// <summary>Starts a process and waits until it is ready for cells.</summary>
    public static async Task<NotebookProcess> StartAsync(
        NotebookProcessOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var process = Start(options);
        try
        {
            await Task.WhenAny(process._ready.Task, process._exit).WaitAsync(options.StartTimeout, cancellationToken);
            if (!process._ready.Task.IsCompleted)
            {
                await process.DrainAsync();
                throw new NotebookProcessException(
                    $"The notebook's process {process.Id} ended with exit code {process._process.ExitCode} before it was ready; "
                    + $"it printed: \"{process._rawError.Tail.Trim()}\".");
            }

            await process._ready.Task;
            return process;
        }
        catch (Exception exception)
        {
            await process.DisposeAsync();
            if (exception is not TimeoutException) throw;
            throw new NotebookProcessException(
                $"The notebook's process {process.Id} was not ready after {options.StartTimeout.TotalSeconds:0} s.");
        }
    }

    private static NotebookProcess Start(NotebookProcessOptions options)
    {
        lock (Starting)
        {
            var commands = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
            var events = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
            try
            {
                var start = StartInfo(options, commands.GetClientHandleAsString(), events.GetClientHandleAsString());
                var process = Process.Start(start)!;

                // Cells, and the processes that they start, find the end of input instead of the terminal.
                process.StandardInput.Close();
                return new NotebookProcess(options, process, new HostChannel(events, commands));
            }
            catch (Exception exception) when (exception is Win32Exception or DirectoryNotFoundException)
            {
                commands.Dispose();
                events.Dispose();
                throw new NotebookProcessException(
                    $"The notebook's process could not be started in '{options.WorkingDirectory}': {exception.Message}", exception);
            }
            finally
            {
                commands.DisposeLocalCopyOfClientHandle();
                events.DisposeLocalCopyOfClientHandle();
            }
        }
    }

    private static ProcessStartInfo StartInfo(NotebookProcessOptions options, string commandHandle, string outputHandle)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "NotebookHost.dll");
        var start = new ProcessStartInfo(PackageResolver.DotnetPath, [program, commandHandle, outputHandle])
        {
            WorkingDirectory = options.WorkingDirectory,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (options.HeapLimitBytes > 0)
            start.Environment[HostProgram.HeapLimitVariable] = "0x" + options.HeapLimitBytes.ToString("X", CultureInfo.InvariantCulture);

        // Whoever has set it knows why.
        start.Environment.TryAdd(CallCountVariable, CallsBeforeRecompiling);
        return start;
    }
}
