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

    /// <summary>How long a process may take to report that it is ready, on a machine under load.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    // Held while a child starts: between the creation of inheritable pipes and the closing of this side's copies, any
    // other child started would inherit them too, and keep a dead notebook's pipes open.
    private static readonly Lock Starting = new();

    /// <summary>
    /// Starts a process in the notebook's folder and waits until it is ready for cells. A cell that makes the heap larger than the limit,
    /// by default three quarters of what this process may use, gets an exception instead of taking the machine down.
    /// </summary>
    /// <exception cref="NotebookProcessException">It did not start; the message says why.</exception>
    public static async Task<NotebookProcess> StartAsync(
        string folder, long? heapLimitBytes = null, CancellationToken cancellationToken = default)
    {
        var notebook = Start(folder, heapLimitBytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3);
        try
        {
            await Task.WhenAny(notebook._ready.Task, notebook._exit).WaitAsync(StartTimeout, cancellationToken);
            if (notebook._ready.Task.IsCompleted) return notebook;
            await notebook.DrainAsync();
            throw new NotebookProcessException(
                $"The notebook's process {notebook.Id} ended with exit code {notebook._process.ExitCode} before it was ready; "
                + $"it printed: \"{notebook._rawError.Tail.Trim()}\".");
        }
        catch (Exception exception)
        {
            await notebook.DisposeAsync();
            if (exception is not TimeoutException) throw;
            throw new NotebookProcessException(
                $"The notebook's process {notebook.Id} was not ready after {StartTimeout.TotalSeconds:0} s.");
        }
    }

    private static NotebookProcess Start(string folder, long heapLimitBytes)
    {
        lock (Starting)
        {
            var commands = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
            var events = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
            string[] command =
            [
                Path.Combine(AppContext.BaseDirectory, "NotebookHost.dll"),
                commands.GetClientHandleAsString(), events.GetClientHandleAsString(),
            ];
            var start = new ProcessStartInfo(PackageResolver.DotnetPath, command)
            {
                WorkingDirectory = folder,
                CreateNoWindow = true,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                StandardErrorEncoding = Encoding.UTF8,
            };
            start.Environment[HostProgram.HeapLimitVariable] = string.Create(CultureInfo.InvariantCulture, $"0x{heapLimitBytes:X}");
            start.Environment.TryAdd(CallCountVariable, CallsBeforeRecompiling); // Whoever has set it knows why.
            try
            {
                var process = Process.Start(start)!;

                // Cells, and the processes that they start, find the end of input instead of the terminal.
                process.StandardInput.Close();
                return new NotebookProcess(process, new HostChannel(events, commands));
            }
            catch (Exception exception) when (exception is Win32Exception or DirectoryNotFoundException)
            {
                commands.Dispose();
                events.Dispose();
                throw new NotebookProcessException(
                    $"The notebook's process could not be started in '{folder}': {exception.Message}", exception);
            }
            finally
            {
                commands.DisposeLocalCopyOfClientHandle();
                events.DisposeLocalCopyOfClientHandle();
            }
        }
    }
}
