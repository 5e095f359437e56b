using System.Collections.Concurrent;
using System.ComponentModel;
using CliWrap;

namespace Workshop.Jupyter;

/// <summary>
/// Starts the kernel of a spec in the notebooks' folder and runs the first line of a notebook in it. It talks to the kernel
/// over its standard streams, as Visual Studio Code does, so that it needs no Jupyter: an envelope of JSON in each line.
/// </summary>
internal static class KernelCheck
{
    /// <summary>What every notebook begins with.</summary>
    private const string FirstLine = "#r \"../lib/bin/ConcurrencyNotebooks.dll\"";

    private const string Token = "check";

    private static readonly string Question = JsonSerializer.Serialize(new
    {
        commandType = "SubmitCode",
        command = new { code = $"{FirstLine}\nConcurrencyNotebooks.Machine.Description", targetKernelName = "csharp" },
        token = Token,
        routingSlip = Array.Empty<string>(),
    });

    // For a hang; a start takes two seconds, on a busy machine ten.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Starts the kernel, runs the line in a folder, and ends the kernel.</summary>
    /// <exception cref="JupyterSetupException">It does not start or answer, or the line fails; the message says why.</exception>
    public static async Task RunAsync(KernelSpec spec, string folder, CancellationToken cancellationToken)
    {
        var (ready, answer) = (new TaskCompletionSource(), new TaskCompletionSource<string?>());
        var printed = new ConcurrentQueue<string>();
        var problem = "It ended before it answered.";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(Patience);
        var kernel = Cli.Wrap(spec.FindProgram()).WithArguments(spec.ArgumentsOfStdio).WithWorkingDirectory(folder)
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(PipeSource.Create(AskAsync))
            .WithStandardOutputPipe(PipeTarget.ToDelegate(Hear)).WithStandardErrorPipe(PipeTarget.ToDelegate(printed.Enqueue));
        try
        {
            var running = kernel.ExecuteAsync(end.Token).Task;
            await Task.WhenAny(running, answer.Task);
            if (answer.Task.IsCompleted) await end.CancelAsync();
            await running;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            problem = $"It did not answer within {Patience.TotalMinutes} minutes.";
        }
        catch (Win32Exception exception)
        {
            problem = exception.Message;
        }

        if (answer.Task.IsCompleted)
        {
            if (await answer.Task is not { } error) return;
            throw new JupyterSetupException(
                $"The kernel starts, but the first line of the notebooks fails in it ({error}):\n  {FirstLine}");
        }

        var remedy = spec.IsOurs
            ? "Try `dotnet tool run dotnet-interactive -- --version` in the notebooks' folder."
            : "This program has not installed it. Install over it with --force, or remove the folder.";
        var said = ProgramOutput.LastLines(string.Join('\n', printed)) is { Length: > 0 } lines ? $" It printed:\n{lines}" : "";
        throw new JupyterSetupException($"The kernel of the spec in {spec.Folder} does not start. {problem} {remedy}{said}");

        // What is sent before the kernel is ready it may never answer, and the end of its input is its end.
        async Task AskAsync(Stream input, CancellationToken token)
        {
            await ready.Task.WaitAsync(token);
            await input.WriteAsync(Encoding.UTF8.GetBytes(Question + "\n"), token);
            await input.FlushAsync(token);
            await answer.Task.WaitAsync(token);
        }

        void Hear(string line)
        {
            try
            {
                var envelope = JsonSerializer.Deserialize<Envelope>(line, JsonSerializerOptions.Web);
                var isAnswer = envelope?.Command?.Token == Token;
                if (envelope?.EventType == "KernelReady") ready.TrySetResult();
                if (isAnswer && envelope!.EventType == "CommandSucceeded") answer.TrySetResult(null);
                if (isAnswer && envelope!.EventType == "CommandFailed") answer.TrySetResult(envelope.Event?.Message ?? "no reason given");
            }
            catch (JsonException)
            {
                printed.Enqueue(line);
            }
        }
    }

    private sealed record Envelope(string? EventType, Sent? Command, Sent? Event);

    private sealed record Sent(string? Token, string? Message);
}
