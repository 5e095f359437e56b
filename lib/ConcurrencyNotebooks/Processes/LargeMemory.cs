using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ConcurrencyNotebooks;

/// <summary>
/// Lets Linux give fresh memory for a large array in pages of 2 MB. In pages of 4 KB, getting the memory takes longer
/// than copying 10 MB into it from the pipe. Elsewhere, and where the system does not care, nothing happens.
/// </summary>
internal static unsafe partial class LargeMemory
{
    private static readonly nuint Page = (nuint)Environment.SystemPageSize;
    private static readonly nuint HugePage = 2 * 1024 * 1024;
    private const int AdviseHugePages = 14;
    private const int AdvisePopulateForWriting = 23;

    public static void Prepare(Span<byte> memory)
    {
        if ((nuint)memory.Length < 2 * HugePage || !OperatingSystem.IsLinux())
            return;

        // Whole huge pages around the array, and at once all of the array that they do not cover: one call, and not one
        // exception for each page. If the collector moves the array meanwhile, both are for nothing, and no harm.
        var first = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(memory));
        var last = first + (nuint)memory.Length;
        _ = Advise((void*)(first & ~(HugePage - 1)), ((last + HugePage - 1) & ~(HugePage - 1)) - (first & ~(HugePage - 1)), AdviseHugePages);
        _ = Advise((void*)(first & ~(Page - 1)), last - (first & ~(Page - 1)), AdvisePopulateForWriting);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
