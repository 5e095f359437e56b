using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CliWrap;

namespace Workshop.Jupyter;

/// <summary>Starts a kernel as Jupyter does, in the notebooks' folder, and looks whether the first line of a notebook runs in it.</summary>
internal static class KernelCheck
{
    // For a hang; a start takes two seconds, on a busy machine ten.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Starts the kernel, runs the line, and ends the kernel.</summary>
    /// <param name="spec">How the kernel is started.</param>
    /// <param name="folder">The folder that it runs in.</param>
    /// <param name="code">The line.</param>
    /// <param name="cancellationToken">Ends the kernel as well.</param>
    /// <exception cref="JupyterSetupException">It does not start or answer, or the line fails; the message says what it said.</exception>
    public static async Task RunAsync(KernelSpec spec, string folder, string code, CancellationToken cancellationToken)
    {
        var program = Resolve(spec);
        var connectionFile = Path.Combine(Path.GetTempPath(), $"kernel-{Guid.NewGuid():N}.json");
        var key = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var ports = FreePorts(5);
        File.WriteAllText(connectionFile, Connection(ports, key));
        var said = new StringBuilder();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(Patience);
        var arguments = spec.Command.Skip(1)
            .Select(argument => argument.Replace(KernelSpec.ConnectionFile, connectionFile, StringComparison.Ordinal));
        Task kernel = Task.CompletedTask;
        try
        {
            // Cancelled, CliWrap ends the kernel and the processes that it has started.
            kernel = Cli.Wrap(program).WithArguments(arguments).WithWorkingDirectory(folder).WithValidation(CommandResultValidation.None)
                .WithStandardOutputPipe(PipeTarget.ToDelegate(Hear)).WithStandardErrorPipe(PipeTarget.ToDelegate(Hear))
                .ExecuteAsync(ending.Token).Task;
            var talk = TalkAsync(ports[0], key, code, ending.Token);
            await Task.WhenAny(talk, kernel);
            if (!talk.IsCompleted) throw Failure(spec, "It ended before it answered.", said);
            if (await talk is { } error)
            {
                throw new JupyterSetupException(
                    $"The kernel starts, but the first line of the notebooks fails in it ({error}):\n  {code.Split('\n')[0]}");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failure(spec, $"It did not answer within {Patience.TotalMinutes} minutes.", said);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or InvalidDataException)
        {
            throw Failure(spec, exception.Message, said);
        }
        finally
        {
            await ending.CancelAsync();
            await kernel.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            File.Delete(connectionFile);
        }

        void Hear(string line)
        {
            lock (said) said.AppendLine(line);
        }
    }

    // Jupyter looks for it on its PATH, and says only that there is no such file.
    private static string Resolve(KernelSpec spec)
    {
        var program = spec.Command[0];
        var isPath = Path.IsPathRooted(program);
        var found = !isPath ? ProgramPath.Find(program) : File.Exists(program) ? program : null;
        return found ?? throw new JupyterSetupException(
            $"The kernel spec in {spec.Folder} starts the program {program}, which is not {(isPath ? "there" : "on the PATH")}. "
            + "Install over it with --force: then it names the full path of `dotnet`, and Jupyter needs none on its PATH.");
    }

    private static async Task<string?> TalkAsync(int port, string key, string code, CancellationToken cancellationToken)
    {
        using var connection = await KernelConnection.ConnectAsync(port, key, cancellationToken);
        _ = await connection.AskAsync("kernel_info_request", [], cancellationToken);
        var content = new JsonObject { ["code"] = code, ["silent"] = true, ["store_history"] = false, ["allow_stdin"] = false };
        var reply = await connection.AskAsync("execute_request", content, cancellationToken);
        return reply["status"]?.GetValue<string>() == "ok" ? null : $"{reply["ename"]} {reply["evalue"]}".Trim();
    }

    private static JupyterSetupException Failure(KernelSpec spec, string reason, StringBuilder said)
    {
        string output;
        lock (said) output = DotNetCommand.LastLines(said.ToString());
        var remedy = spec.IsOurs
            ? "Try `dotnet tool run dotnet-interactive -- --version` in the notebooks' folder."
            : "This program has not installed it. Install over it with --force, or remove the folder.";
        var printed = output.Length > 0 ? $" It printed:\n{output}" : "";
        return new JupyterSetupException($"The kernel of the spec in {spec.Folder} does not start. {reason} {remedy}{printed}");
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }

    // https://jupyter-client.readthedocs.io/en/stable/kernels.html#connection-files
    private static string Connection(int[] ports, string key) => JsonSerializer.Serialize(new
    {
        transport = "tcp",
        ip = "127.0.0.1",
        shell_port = ports[0],
        iopub_port = ports[1],
        stdin_port = ports[2],
        control_port = ports[3],
        hb_port = ports[4],
        key,
        signature_scheme = "hmac-sha256",
        kernel_name = KernelSpec.Name,
    });
}
