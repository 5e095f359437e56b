namespace Cluster;

/// <summary>
/// Lets the silos of one machine start side by side and write into the list of silos one after the other. Each writes twice, that it is
/// joining and that it is active, and one that meets another's write tries again after two seconds or more: that, not the work, is what a
/// cluster that starts all at once would wait for. The turn is a file that one process has open; a process that dies gives it back.
/// </summary>
internal sealed class TurnToJoin(string file) : ILifecycleParticipant<ISiloLifecycle>
{
    private FileStream? _turn;

    public void Participate(ISiloLifecycle lifecycle)
    {
        // The first turn is held until the keeper can be asked: whoever reads the list before that waits for a second or more.
        At(ServiceLifecycleStage.RuntimeGrainServices - 1, async cancellationToken =>
        {
            await TakeAsync(cancellationToken);
            await GiveAsync(cancellationToken);
        });
        At(ServiceLifecycleStage.AfterRuntimeGrainServices - 1, TakeAsync);
        At(ServiceLifecycleStage.AfterRuntimeGrainServices + 1, GiveAsync);
        At(ServiceLifecycleStage.BecomeActive - 2, TakeAsync);
        At(ServiceLifecycleStage.BecomeActive + 1, GiveAsync);

        void At(int stage, Func<CancellationToken, Task> start) => lifecycle.Subscribe(nameof(TurnToJoin), stage, start);
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

    private async Task TakeAsync(CancellationToken cancellationToken)
    {
        while ((_turn = TryTake(file)) is null) await Task.Delay(10, cancellationToken);
    }

    private async Task GiveAsync(CancellationToken cancellationToken) => await _turn!.DisposeAsync();
}
