using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ConcurrencyNotebooks;

/// <summary>
/// Lets Linux give fresh memory for a large array in pages of 2 MB. In pages of 4 KB, getting the memory takes longer
/// than copying 10 MB into it from the pipe. Elsewhere, and where the system does not care, nothing happens.
/// </summary>
internal static unsafe partial class LargeMemory
{
    private const int HugePage = 2 * 1024 * 1024;
    private const int AdviseHugePages = 14;

    public static void Prepare(Span<byte> memory)
    {
        if (memory.Length < 2 * HugePage || !OperatingSystem.IsLinux())
            return;

        // Only whole pages inside of the array; a hint for others' memory would be no harm, but none of our business.
        // If the collector moves the array meanwhile, the hint is for nothing.
        var start = ((nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(memory)) + HugePage - 1) & ~(nuint)(HugePage - 1);
        _ = Advise((void*)start, (nuint)(memory.Length - HugePage) & ~(nuint)(HugePage - 1), AdviseHugePages);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
