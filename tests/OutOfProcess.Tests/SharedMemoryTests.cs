namespace OutOfProcess.Tests;

/// <summary>The memory of a pool and its workers, in each of its forms.</summary>
public sealed class SharedMemoryTests : ProcessPoolTest
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shared-memory");

    public override async ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        await base.DisposeAsync();
    }

    [Fact]
    public void Memory_has_no_name_in_any_folder()
    {
        using var memory = SharedMemory.Create(4096);

        SharedFiles(Environment.ProcessId).Should().BeEmpty();
        Share(memory).Should().Be((42, 43));
    }

    // What each side reads that the other has written.
    private static unsafe (byte There, byte Here) Share(SharedMemory memory)
    {
        // The one who opens it closes what was lent, as a worker does; what the pool keeps of it is a number.
        using var held = memory.Lend(out var loan);
        using var other = SharedMemory.Open(loan, 4096);
        held.SetHandleAsInvalid();
        memory.Start[4000] = 42;
        other.Start[17] = 43;
        return (other.Start[4000], memory.Start[17]);
    }
}
