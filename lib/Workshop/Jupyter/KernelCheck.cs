using System.ComponentModel;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CliWrap;

namespace Workshop.Jupyter;

/// <summary>
/// Starts the kernel of a spec in the notebooks' folder and runs the first line of a notebook in it. It talks to the kernel
/// over its standard streams, as Visual Studio Code does, so that it needs no Jupyter: an envelope of JSON in each line.
/// </summary>
internal static class KernelCheck
{
    // In the command of .NET Interactive's spec: what comes before it starts the program, what comes after it is for Jupyter.
    private const string Verb = "jupyter";

    // For a hang; a start takes two seconds, on a busy machine ten.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Starts the kernel, runs the line, and ends the kernel.</summary>
    /// <param name="spec">How the kernel is started.</param>
    /// <param name="folder">The folder that it runs in.</param>
    /// <param name="code">The line.</param>
    /// <param name="cancellationToken">Ends the kernel as well.</param>
    /// <exception cref="JupyterSetupException">It does not start or answer, or the line fails; the message says what it printed.</exception>
    public static async Task RunAsync(KernelSpec spec, string folder, string code, CancellationToken cancellationToken)
    {
        var program = Resolve(spec);
        var start = spec.Command.Skip(1).TakeWhile(argument => argument != Verb);
        var printed = new StringBuilder();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var submission = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            commandType = "SubmitCode",
            command = new { code, targetKernelName = "csharp" },
            token = "check",
            routingSlip = Array.Empty<string>(),
        }) + "\n");

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(Patience);

        // Cancelled, CliWrap ends the kernel and the processes that it has started.
        var kernel = Cli.Wrap(program).WithArguments([.. start, "stdio", "--default-kernel", "csharp"]).WithWorkingDirectory(folder)
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(PipeSource.Create(AskAsync))
            .WithStandardOutputPipe(PipeTarget.ToDelegate(Hear))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Note));
        try
        {
            await kernel.ExecuteAsync(ending.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Ended because it has answered, or because it did not answer.
        }
        catch (Win32Exception exception)
        {
            throw Failure(exception.Message);
        }

        if (!answer.Task.IsCompleted)
        {
            throw Failure(
                ending.IsCancellationRequested ? $"It did not answer within {Patience.TotalMinutes} minutes." : "It ended before it answered.");
        }

        if (await answer.Task is { } error)
        {
            throw new JupyterSetupException(
                $"The kernel starts, but the first line of the notebooks fails in it ({error}):\n  {code.Split('\n')[0]}");
        }

        async Task AskAsync(Stream input, CancellationToken token)
        {
            // What is sent before the kernel is ready it may never answer.
            await ready.Task.WaitAsync(token);
            await input.WriteAsync(submission, token);
            await input.FlushAsync(token);
            await answer.Task.WaitAsync(token);
            await ending.CancelAsync();
        }

        void Hear(string line)
        {
            var envelope = line.StartsWith('{') ? JsonNode.Parse(line) : null;
            if (envelope is null) Note(line);
            var kind = $"{envelope?["eventType"]}";
            if (kind == "KernelReady") ready.TrySetResult();
            if ($"{envelope?["command"]?["token"]}" != "check") return;
            if (kind == "CommandSucceeded") answer.TrySetResult(null);
            if (kind == "CommandFailed") answer.TrySetResult($"{envelope!["event"]?["message"]}");
        }

        void Note(string line)
        {
            lock (printed) printed.AppendLine(line);
        }

        JupyterSetupException Failure(string reason)
        {
            string output;
            lock (printed) output = DotNetCommand.LastLines(printed.ToString());
            var remedy = spec.IsOurs
                ? "Try `dotnet tool run dotnet-interactive -- --version` in the notebooks' folder."
                : "This program has not installed it. Install over it with --force, or remove the folder.";
            return new JupyterSetupException(
                $"The kernel of the spec in {spec.Folder} does not start. {reason} {remedy}{(output.Length > 0 ? $" It printed:\n{output}" : "")}");
        }
    }

    // Jupyter looks for the program on its PATH, and says only that there is no such file.
    private static string Resolve(KernelSpec spec)
    {
        var program = spec.Command[0];
        var isPath = Path.IsPathRooted(program);
        var found = !isPath ? ProgramPath.Find(program) : File.Exists(program) ? program : null;
        if (found is null)
        {
            throw new JupyterSetupException(
                $"The kernel spec in {spec.Folder} starts the program {program}, which is not {(isPath ? "there" : "on the PATH")}. "
                + "Install over it with --force: then it names the full path of `dotnet`, and Jupyter needs none on its PATH.");
        }

        return spec.Command.Contains(Verb) ? found : throw new JupyterSetupException(
            $"The kernel spec in {spec.Folder} does not start .NET Interactive. Install over it with --force, or remove the folder.");
    }
}
