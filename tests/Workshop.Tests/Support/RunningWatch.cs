using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Workshop.Tests;

/// <summary>The verb <c>watch</c> while it runs; every wait for something of it ends with the program's deadline.</summary>
public sealed class RunningWatch : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient _client;

    private RunningWatch(int port, Process process)
    {
        (Port, Process) = (port, process);
        _client = new HttpClient { BaseAddress = Address };
    }

    public int Port { get; }
    public Process Process { get; }
    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>Watches a notebook, does something meanwhile, and ends the program with Ctrl-C.</summary>
    public static Task<ProgramRun> OfAsync(Workspace workspace, string notebook, Func<RunningWatch, Task> whileRunning)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows cannot send Ctrl-C to one process of a group.");
        var port = FreePort();
        return ProgramRun.OfAsync(
            workspace,
            async process =>
            {
                using var watch = new RunningWatch(port, process);
                await whileRunning(watch);
                using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
                await kill.WaitForExitAsync();
            },
            "watch", notebook, "--no-browser", "--port", $"{port}");
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Waits until the page holds a text, and gives the page.</summary>
    public Task<string> PageAsync(string text) =>
        UntilAsync(async () => WebUtility.HtmlDecode(await _client.GetStringAsync("page")), page => page.Contains(text));

    /// <summary>Waits until the line above the page holds a text, and gives the line.</summary>
    public async Task<string> LineAsync(string text) =>
        (await UntilAsync(EventAsync, message => message.GetProperty("line").GetString()!.Contains(text))).GetProperty("line").GetString()!;

    /// <summary>What answers a request that no browser would make.</summary>
    public async Task<string> AskAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request.ReplaceLineEndings("\r\n") + "\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(client.GetStream());
        return await reader.ReadToEndAsync();
    }

    public void Dispose() => _client.Dispose();

    // The first event comes at once, and says all.
    private async Task<JsonElement> EventAsync()
    {
        using var reader = new StreamReader(await _client.GetStreamAsync("events"));
        return JsonSerializer.Deserialize<JsonElement>((await reader.ReadLineAsync())!["data: ".Length..]);
    }

    private async Task<T> UntilAsync<T>(Func<Task<T>> ask, Func<T, bool> isIt)
    {
        while (true)
        {
            try
            {
                if (await ask() is var answer && isIt(answer)) return answer;
            }
            catch (HttpRequestException) when (!Process.HasExited)
            {
                // It has not started yet.
            }

            await Task.Delay(Look);
        }
    }
}
