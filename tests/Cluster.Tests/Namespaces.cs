using System.Net;
using CliWrap;
using CliWrap.Buffered;

namespace Cluster.Tests;

/// <summary>
/// Machines in network namespaces of Linux: each has an address of its own and a cable to a switch, which is a bridge of this machine.
/// </summary>
internal sealed class Namespaces : IAsyncDisposable
{
    private readonly string _id = $"{Environment.ProcessId % 10_000:x}";
    private readonly List<int> _machines = [];

    /// <summary>Why there are none; null when there are.</summary>
    public string? Why { get; private set; }

    private string Bridge => $"cl{_id}br";

    public static async Task<Namespaces> TryCreateAsync(int machines)
    {
        var network = new Namespaces();
        try
        {
            await IpAsync("link", "add", network.Bridge, "type", "bridge");
            await IpAsync("addr", "add", "10.203.7.1/24", "dev", network.Bridge);
            await IpAsync("link", "set", network.Bridge, "up");
            for (var machine = 0; machine < machines; machine++) await network.AddAsync(machine);
        }
        catch (Exception error) when (error is CliWrap.Exceptions.CommandExecutionException or System.ComponentModel.Win32Exception)
        {
            network.Why = error.Message;
        }

        return network;
    }

    public string Name(int machine) => $"cl{_id}m{machine}";

    public static IPAddress Address(int machine) => IPAddress.Parse($"10.203.7.{machine + 10}");

    public Task PullCableAsync(int machine) => IpAsync("link", "set", Cable(machine), "down");

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in _machines) await TryIpAsync("netns", "del", Name(machine));
        await TryIpAsync("link", "del", Bridge);
    }

    private async Task AddAsync(int machine)
    {
        await IpAsync("netns", "add", Name(machine));
        _machines.Add(machine);
        await IpAsync("link", "add", Cable(machine), "type", "veth", "peer", "name", "eth0", "netns", Name(machine));
        await IpAsync("link", "set", Cable(machine), "master", Bridge, "up");
        await IpAsync("-n", Name(machine), "addr", "add", $"{Address(machine)}/24", "dev", "eth0");
        await IpAsync("-n", Name(machine), "link", "set", "eth0", "up");
        await IpAsync("-n", Name(machine), "link", "set", "lo", "up");
    }

    private string Cable(int machine) => $"cl{_id}v{machine}";

    private static Task IpAsync(params string[] arguments) => Cli.Wrap("ip").WithArguments(arguments).ExecuteBufferedAsync();

    // What is being taken down may never have come up.
    private static async Task TryIpAsync(params string[] arguments)
    {
        try
        {
            await Cli.Wrap("ip").WithArguments(arguments).WithValidation(CommandResultValidation.None).ExecuteBufferedAsync();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no program `ip`, so nothing was made.
        }
    }
}
