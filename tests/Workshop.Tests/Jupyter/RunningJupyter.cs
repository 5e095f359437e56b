using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Workshop.Tests.Jupyter;

/// <summary>A Jupyter that runs in a <see cref="JupyterHome"/>, as the file says that it writes about itself.</summary>
public sealed record RunningJupyter(Uri Address, string Token)
{
    /// <summary>Waits until Jupyter runs; the caller's deadline bounds it.</summary>
    public static async Task<RunningJupyter> InAsync(JupyterHome home)
    {
        var folder = Directory.CreateDirectory(home.Workspace["runtime"]);
        while (true)
        {
            if (folder.EnumerateFiles("nbserver-*.json").FirstOrDefault() is { } file && TryRead(file.FullName) is { } about)
                return new RunningJupyter(new Uri(about["url"]!.GetValue<string>()), about["token"]!.GetValue<string>());
            await Task.Delay(50);
        }
    }

    /// <summary>The address of a page of this Jupyter, with what lets one in.</summary>
    public Uri Page(string path) => new(Address, $"{path}?token={Token}");

    /// <summary>Starts a kernel.</summary>
    public async Task StartKernelAsync(string name)
    {
        using var client = new HttpClient();
        using var response = await client.PostAsJsonAsync(Page("api/kernels"), new { name });
        response.EnsureSuccessStatusCode();
    }

    private static JsonNode? TryRead(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file));
        }
        catch (System.Text.Json.JsonException)
        {
            // It is being written.
            return null;
        }
    }
}
