using System.Net;
using System.Net.Sockets;

namespace Cluster;

/// <summary>
/// Silos on this machine, each in a process of its own, and a client that calls their grains: nothing has to be installed. All of them end
/// with this process, disposed or not, even when it is killed.
/// </summary>
/// <remarks>
/// <code>
///   this process                          processes on loopback
///   ┌────────────────────┐  gateway   ┌────────┐   silo 1 ─ grains
///   │ Client ─ LocalSilo ├───────────▶│ keeper │◀─▶ silo 2 ─ grains
///   └────────────────────┘            └────────┘   silo 3 ─ grains
/// </code>
/// The keeper is a silo without grains of ours. Orleans's development clustering holds the list of silos in one of them, and its memory
/// storage holds stored state in silos; both must not be among those which a lesson kills. On real machines Redis or a database holds the
/// list and the state, and there is no keeper.
/// </remarks>
/// <example>
/// <code>
/// var cluster = await LocalCluster.StartAsync(silos: 3);
/// var counted = await cluster.Client.GetGrain&lt;IComputeGrain&gt;(1).CountPrimesAsync(1, 1_000);
/// Console.WriteLine($"{counted.Value} primes, counted by {counted.Silo}");
/// await cluster.DisposeAsync();
/// </code>
/// </example>
public sealed class LocalCluster : IAsyncDisposable
{
    /// <summary>
    /// How fast silos find out that one of them is dead. Orleans's own times are meant for networks: three probes of five seconds each and
    /// more, and half a minute for a silo that was only cut off to notice it. Here the system tells at once that a process is gone.
    /// </summary>
    internal static readonly IReadOnlyList<string> QuickMembership =
    [
        "--Membership:ProbeTimeout", "00:00:00.500", "--Membership:NumMissedProbesLimit", "2",
        "--Membership:NumVotesForDeathDeclaration", "1", "--Membership:TableRefreshTimeout", "00:00:02",
        "--Membership:IAmAliveTablePublishTimeout", "00:00:05", "--Connections:ConnectionRetryDelay", "00:00:00.100",
        "--Directory:RangeLeaseDuration", "00:00:00",
    ];

    private static readonly TimeSpan JoinLimit = TimeSpan.FromSeconds(60);

    private readonly string _id = $"local-{Guid.NewGuid():N}";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("local-cluster-");
    private readonly Lock _lock = new();
    private readonly List<LocalSilo> _silos = [];
    private readonly FileStream _turn;
    private readonly LocalSilo _keeper;
    private readonly ClusterClient _client;
    private Task? _end;

    private LocalCluster(TimeSpan? patience, IPEndPoint keeper)
    {
        // Silos that are early wait until the keeper can be asked.
        _turn = TurnToJoin.TryTake(Path.Combine(_folder.FullName, "turn to join"))!;
        _keeper = Start("keeper", keeper, keeper, "--LocalRole", SiloProgram.Keeper);
        _client = new ClusterClient(_id, _keeper.Gateway, patience);
    }

    /// <summary>Calls grains.</summary>
    public IClusterClient Client => _client.Orleans;

    /// <summary>The silos that run, in the order in which they were started.</summary>
    public IReadOnlyList<LocalSilo> Silos
    {
        get
        {
            lock (_lock) return [.. _silos.Where(silo => silo.IsRunning)];
        }
    }

    internal IReadOnlyList<int> Pids => [_keeper.Pid, .. Silos.Select(silo => silo.Pid)];

    /// <summary>Starts silos and waits until all have joined and a call goes through.</summary>
    /// <param name="silos">How many.</param>
    /// <param name="patience">
    /// How long a call waits for its answer before it fails with a <see cref="TimeoutException"/>; half a minute when not given, as
    /// everywhere in Orleans.
    /// </param>
    /// <param name="cancellationToken">Gives up; what was started is ended.</param>
    /// <exception cref="ClusterException">A silo could not start or join; the message says why.</exception>
    public static Task<LocalCluster> StartAsync(
        int silos, TimeSpan? patience = null, CancellationToken cancellationToken = default) =>
        StartAsync(silos, patience, keeper: FreeAddress(), cancellationToken);

    internal static async Task<LocalCluster> StartAsync(
        int silos, TimeSpan? patience, IPEndPoint keeper, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(silos, 1);
        var cluster = new LocalCluster(patience, keeper);
        try
        {
            // All at once: what takes a silo's time is its own start.
            var joining = Enumerable.Range(0, silos).Select(_ => cluster.StartSilo().JoinAsync(JoinLimit, cancellationToken)).ToList();
            await cluster._keeper.JoinAsync(JoinLimit, cancellationToken);
            await cluster._turn.DisposeAsync();
            await cluster._client.ConnectAsync(cancellationToken);
            await Task.WhenAll(joining);
            await cluster.SettleAsync(cancellationToken);
            await cluster.AnswerAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one more silo and waits until it has joined and gets new grains.</summary>
    /// <param name="cancellationToken">Gives up; the silo is ended.</param>
    /// <exception cref="ClusterException">It could not start or join; the message says why.</exception>
    /// <exception cref="ObjectDisposedException">The cluster has been disposed of.</exception>
    public async Task<LocalSilo> AddSiloAsync(CancellationToken cancellationToken = default)
    {
        var silo = StartSilo();
        try
        {
            await silo.JoinAsync(JoinLimit, cancellationToken);
            await WithinAsync(
                limited => _client.SeeAsync(known => known.Contains(silo.Address), limited), $"{silo} gets no grains", cancellationToken);
            await AnswerAsync(cancellationToken);
            return silo;
        }
        catch
        {
            await silo.KillAsync();
            throw;
        }
    }

    /// <summary>
    /// Waits until the silos that run have struck those that died off their list. Until then calls may go to a silo that is dead, and a
    /// new grain may be placed on it: such calls fail, and have to be repeated.
    /// </summary>
    /// <example>
    /// <code>
    /// var cluster = await LocalCluster.StartAsync(silos: 2);
    /// await cluster.Silos[0].KillAsync();
    /// await cluster.SettleAsync();
    /// await cluster.Client.GetGrain&lt;IComputeGrain&gt;(1).PingAsync(); // goes to the silo that is left
    /// </code>
    /// </example>
    /// <exception cref="ClusterException">The cluster has not noticed within a minute.</exception>
    public Task SettleAsync(CancellationToken cancellationToken = default) =>
        WithinAsync(limited => _client.SeeAsync(IsSettled, limited), "The cluster has not noticed which silos run", cancellationToken);

    /// <summary>Ends all silos at once. Calls that are under way fail.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_lock) return new ValueTask(_end ??= EndAsync());
    }

    private async Task EndAsync()
    {
        await Task.WhenAll(Silos.Append(_keeper).Select(silo => silo.KillAsync()));
        await _client.DisposeAsync();
        await _turn.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private LocalSilo StartSilo()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_end is not null, this);
            var name = $"silo {_silos.Count + 1}";
            _silos.Add(Start(name, FreeAddress(), _keeper.Address, "--LocalRole", "silo", "--TurnToJoin", _turn.Name));
            return _silos[^1];
        }
    }

    private bool IsSettled(IReadOnlySet<IPEndPoint> known)
    {
        List<LocalSilo> silos;
        lock (_lock) silos = [.. _silos];
        var alive = silos.Where(silo => silo.IsRunning && silo.HasJoined).Select(silo => silo.Address).ToHashSet();

        // A port may have been given to a later silo.
        var dead = silos.Where(silo => !silo.IsRunning).Select(silo => silo.Address).Except(alive);
        return alive.IsSubsetOf(known) && !known.Overlaps(dead);
    }

    // A few for each silo, as they are placed at random.
    private Task AnswerAsync(CancellationToken cancellationToken) =>
        WithinAsync(limited => _client.AnswerAsync(4 * Silos.Count, limited), "New grains have not answered", cancellationToken);

    private async Task WithinAsync(Func<CancellationToken, Task> wait, string otherwise, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(JoinLimit);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await wait(either.Token);
        }
        catch (OperationCanceledException canceled)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ClusterException($"{otherwise} after {JoinLimit.TotalSeconds:0} seconds", _keeper.Output, canceled);
        }
    }

    private LocalSilo Start(string name, IPEndPoint address, IPEndPoint keeper, params IEnumerable<string> more)
    {
        var gateway = FreeAddress();
        return new LocalSilo(name, address, gateway,
        [
            "--Orleans:Name", name, "--Orleans:ClusterId", _id, "--Orleans:ServiceId", _id,
            "--Orleans:Endpoints:AdvertisedIPAddress", $"{address.Address}", "--Orleans:Endpoints:SiloPort", $"{address.Port}",
            "--Orleans:Endpoints:GatewayPort", $"{gateway.Port}",
            "--Orleans:Clustering:ProviderType", "Development", "--Orleans:Clustering:PrimarySiloEndPoint", $"{keeper}",
            "--Orleans:GrainStorage:counters:ProviderType", "Memory", .. QuickMembership, .. more,
        ]);
    }

    private static IPEndPoint FreeAddress()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return (IPEndPoint)listener.LocalEndPoint!;
    }
}
