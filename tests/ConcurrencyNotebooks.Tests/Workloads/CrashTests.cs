using OutOfProcess;

namespace ConcurrencyNotebooks.Tests.Workloads;

public sealed class CrashTests
{
    [Fact]
    public Task An_exception_on_a_thread_ends_the_process() => EndsItsProcess(Crash.OnThread);

    [Fact]
    public Task An_exception_of_async_void_ends_the_process() => EndsItsProcess(Crash.InAsyncVoid);

    private static async Task EndsItsProcess(Func<string> fault)
    {
        await using var pool = new ProcessPool(workers: 1);

        var calling = () => pool.RunAsync(fault);

        var death = (await calling.Should().ThrowAsync<WorkerDiedException>()).Which;
        death.LastErrorLines[0].Should().Be("Unhandled exception. System.InvalidOperationException: bad luck");
    }
}
