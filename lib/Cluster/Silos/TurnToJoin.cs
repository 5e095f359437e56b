namespace Cluster;

/// <summary>
/// Lets the silos of one machine join one after the other. Each writes itself into the list of silos, and one that meets another's write
/// tries again after two seconds or more: that, not the work, is what a cluster that starts all at once waits for. The turn is a file that
/// one process has open; a process that dies gives it back.
/// </summary>
internal sealed class TurnToJoin(string file) : ILifecycleParticipant<ISiloLifecycle>
{
    private FileStream? _turn;

    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe(nameof(TurnToJoin), ServiceLifecycleStage.RuntimeGrainServices - 1, async cancellationToken =>
        {
            while ((_turn = TryTake(file)) is null) await Task.Delay(10, cancellationToken);
        });
        lifecycle.Subscribe(nameof(TurnToJoin), ServiceLifecycleStage.Active + 1, async _ => await _turn!.DisposeAsync());
    }

    /// <summary>Takes the turn; null while somebody else has it.</summary>
    public static FileStream? TryTake(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
