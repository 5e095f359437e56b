namespace Cluster;

/// <summary>
/// How fast silos on one machine find out that one of them is dead. Orleans's own times are meant for networks: three probes of up to five
/// seconds each. Here the system tells at once that a process is gone, so that a second is plenty.
/// </summary>
internal static class LocalMembership
{
    public static IReadOnlyList<string> Arguments { get; } =
    [
        "--Membership:ProbeTimeout", "00:00:00.500", "--Membership:NumMissedProbesLimit", "2",
        "--Membership:NumVotesForDeathDeclaration", "1", "--Membership:TableRefreshTimeout", "00:00:02",
        "--Membership:IAmAliveTablePublishTimeout", "00:00:05", "--Connections:ConnectionRetryDelay", "00:00:00.100",
    ];
}
