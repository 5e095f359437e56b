using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Notebooks.OfficialKernel.Tests;

/// <summary>
/// The tool of the repository's manifest, started as the extension of Visual Studio Code starts it: commands and events go over
/// its standard streams, an envelope of JSON in each line.
/// </summary>
internal sealed class ToolSession : IAsyncDisposable
{
    // For a hang; each answer takes seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private int _commands;

    private ToolSession(Process process) => _process = process;

    /// <summary>Starts the tool in the notebooks' folder and waits until it is ready.</summary>
    public static async Task<ToolSession> StartAsync()
    {
        await RestoreAsync();
        var session = new ToolSession(Process.Start(StartInfo(
            "tool", "run", "dotnet-interactive", "--", "stdio", "--working-dir", Repository.Notebooks))!);
        try
        {
            // Not read here, and a full pipe would stop the tool.
            session._process.ErrorDataReceived += (_, _) => { };
            session._process.BeginErrorReadLine();

            // What is sent before it is ready it may never answer.
            while ($"{(await session.ReadAsync())["eventType"]}" != "KernelReady") { }
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a cell, and returns the events of its outputs, and the message of its failure, null when it succeeded.</summary>
    public async Task<(IReadOnlyList<JsonNode> Outputs, string? Failure)> SubmitAsync(string code)
    {
        var token = await SendAsync("SubmitCode", new JsonObject { ["code"] = code, ["targetKernelName"] = "csharp" });
        var outputs = new List<JsonNode>();
        while (true)
        {
            var envelope = await ReadAsync();
            var isOwn = $"{envelope["command"]?["token"]}" == token;
            switch ($"{envelope["eventType"]}")
            {
                case "StandardOutputValueProduced" or "StandardErrorValueProduced" or "DisplayedValueProduced" or "ReturnValueProduced":
                    outputs.Add(envelope["event"]!);
                    break;
                case "CommandSucceeded" when isOwn:
                    return (outputs, null);
                case "CommandFailed" when isOwn:
                    return (outputs, $"{envelope["event"]!["message"]}");
            }
        }
    }

    /// <summary>Asks the tool to end, and returns its exit code.</summary>
    public async Task<int> QuitAsync()
    {
        await SendAsync("Quit", new JsonObject { ["targetKernelName"] = ".NET" });
        using var deadline = new CancellationTokenSource(Patience);
        await _process.StandardOutput.ReadToEndAsync(deadline.Token);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    /// <summary>Ends the tool and what it has started, however far it has come.</summary>
    public async ValueTask DisposeAsync()
    {
        // The tool would run on after its input has ended, on a whole core.
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task RestoreAsync()
    {
        using var restore = Process.Start(StartInfo("tool", "restore"))!;
        restore.StandardInput.Close();
        var error = restore.StandardError.ReadToEndAsync();
        var output = await restore.StandardOutput.ReadToEndAsync();
        await restore.WaitForExitAsync();
        restore.ExitCode.Should().Be(0, $"the tool is in .config/dotnet-tools.json: {output}{await error}");
    }

    private static ProcessStartInfo StartInfo(params string[] arguments) => new(DotNet.Path, arguments)
    {
        WorkingDirectory = Repository.Notebooks,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["CONCURRENCY_NOTEBOOKS_QUICK"] = "1", ["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1" },
    };

    private async Task<string> SendAsync(string type, JsonObject command)
    {
        var token = $"command-{++_commands}";
        var envelope = new JsonObject
        {
            ["commandType"] = type,
            ["command"] = command,
            ["token"] = token,
            ["routingSlip"] = new JsonArray(),
        };
        await _process.StandardInput.WriteLineAsync(envelope.ToJsonString());
        await _process.StandardInput.FlushAsync();
        return token;
    }

    private async Task<JsonNode> ReadAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            var line = await _process.StandardOutput.ReadLineAsync(deadline.Token) ?? throw new EndOfStreamException("The tool has ended.");
            if (line.StartsWith('{')) return JsonNode.Parse(line)!;
        }
    }
}
