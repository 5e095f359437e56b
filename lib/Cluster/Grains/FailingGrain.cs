using System.Diagnostics;

namespace Cluster;

internal sealed class FailingGrain : Grain, IFailingGrain
{
    public Task ThrowAsync(string message) => throw new InvalidOperationException(message);

    public Task AnswerTooLateAsync() => Task.Delay(TimeSpan.FromSeconds(30));

    public Task CrashAsync()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        return Task.CompletedTask;
    }
}
