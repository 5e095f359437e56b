using System.Collections.Concurrent;
using System.ComponentModel;

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

    /// <summary>Starts the kernel, runs a line in a folder, and ends the kernel.</summary>
    /// <exception cref="JupyterSetupException">It does not start or answer, or the line fails; the message says why.</exception>
    public static async Task RunAsync(KernelSpec spec, string folder, string code, CancellationToken cancellationToken)
    {
        string[] arguments = [.. spec.Command.Skip(1).TakeWhile(argument => argument != Verb), "stdio", "--default-kernel", "csharp"];
        var start = new ProcessStartInfo(FindProgram(spec), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var printed = new ConcurrentQueue<string>();
        var problem = "It ended before it answered.";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var kernel = Process.Start(start)!;
            kernel.ErrorDataReceived += (_, line) => printed.Enqueue(line.Data ?? "");
            kernel.BeginErrorReadLine();
            try
            {
                var (hasAnswered, error) = await AskAsync(kernel, code, printed, patience.Token);
                if (hasAnswered && error is null) return;
                if (hasAnswered)
                {
                    throw new JupyterSetupException(
                        $"The kernel starts, but the first line of the notebooks fails in it ({error}):\n  {code.Split('\n')[0]}");
                }

                // What it says last may come after the end of its output.
                await kernel.WaitForExitAsync(patience.Token);
            }
            finally
            {
                kernel.Kill(entireProcessTree: true);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            problem = $"It did not answer within {Patience.TotalMinutes} minutes.";
        }
        catch (Win32Exception exception)
        {
            problem = exception.Message;
        }

        var remedy = spec.IsOurs
            ? "Try `dotnet tool run dotnet-interactive -- --version` in the notebooks' folder."
            : "This program has not installed it. Install over it with --force, or remove the folder.";
        var said = ProgramOutput.LastLines(string.Join('\n', printed)) is { Length: > 0 } lines ? $" It printed:\n{lines}" : "";
        throw new JupyterSetupException($"The kernel of the spec in {spec.Folder} does not start. {problem} {remedy}{said}");
    }

    private static async Task<(bool HasAnswered, string? Error)> AskAsync(
        Process kernel, string code, ConcurrentQueue<string> printed, CancellationToken cancellationToken)
    {
        const string Token = "check";
        var command = new { code, targetKernelName = "csharp" };
        var question = new { commandType = "SubmitCode", command, token = Token, routingSlip = Array.Empty<string>() };
        while (await kernel.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            var envelope = line.StartsWith('{') ? JsonNode.Parse(line) : null;
            if (envelope is null) printed.Enqueue(line);
            var isAnswer = $"{envelope?["command"]?["token"]}" == Token;
            switch ($"{envelope?["eventType"]}")
            {
                // What is sent before the kernel is ready it may never answer.
                case "KernelReady": await kernel.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question)); break;
                case "CommandSucceeded" when isAnswer: return (true, null);
                case "CommandFailed" when isAnswer: return (true, $"{envelope!["event"]?["message"]}");
            }
        }

        return (false, null);
    }

    /// <summary>The program that a spec starts. Jupyter looks for it on its PATH, and says only that there is no such file.</summary>
    /// <exception cref="JupyterSetupException">It is not there, or the spec starts something else than this kernel.</exception>
    public static string FindProgram(KernelSpec spec)
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
