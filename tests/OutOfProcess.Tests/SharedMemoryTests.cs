namespace OutOfProcess.Tests;

/// <summary>The memory of a pool and one of its workers.</summary>
public sealed class SharedMemoryTests : ProcessPoolTest
{
    [Fact]
    public void Memory_has_no_name_in_any_folder_and_each_side_sees_what_the_other_did()
    {
        using var pool = new ControlBlock();
        SharedFiles(Environment.ProcessId).Should().BeEmpty();

        // The one who opens it closes what was lent, as a worker does; what the pool keeps of it is a number.
        using var held = pool.Lend(out var loan);
        using var worker = new ControlBlock(loan);
        held.SetHandleAsInvalid();
        pool.Announce(7);
        worker.TryStep(7, CallState.Waiting, CallState.Running).Should().BeTrue();

        pool.TryStep(7, CallState.Waiting, CallState.Revoked).Should().BeFalse("the worker was first");
        pool.Is(7, CallState.Running).Should().BeTrue();
    }
}
