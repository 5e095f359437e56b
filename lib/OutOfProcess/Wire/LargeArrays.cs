using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OutOfProcess;

/// <summary>
/// Memory for large arrays. To get it from the system, page by page and zeroed, takes longer than to copy 10 MB into it from
/// the pipe.
/// </summary>
internal static unsafe partial class LargeArrays
{
    private const nuint HugePage = 2 * 1024 * 1024;
    private const int AdviseHugePages = 14;
    private const int AdvisePopulateForWriting = 23;

    // Anything from 85,000 bytes on lies among the large arrays.
    private const int AnchorLength = 100_000;

    private static volatile byte[]? _anchor;

    /// <summary>An array with anything in it.</summary>
    public static T[] Allocate<T>(int length) where T : unmanaged
    {
        var array = GC.AllocateUninitializedArray<T>(length);

        // After each collection the end of a region goes back to the system, up to the last array that lives. So a worker leaves one
        // to live behind the large one, and keeps that one's memory for the next until it lets go.
        if (WorkerProgram.IsRunning && (nuint)length * (nuint)sizeof(T) >= 2 * HugePage && _anchor is null)
            _anchor = GC.AllocateUninitializedArray<byte>(AnchorLength);
        return array;
    }

    /// <summary>Gives back to the system what the collector finds free.</summary>
    public static void LetGo()
    {
        _anchor = null;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    /// <summary>
    /// Lets Linux give fresh memory in pages of 2 MB and at once. Elsewhere, and where the system does not care, nothing happens.
    /// </summary>
    public static void Prepare(Span<byte> memory)
    {
        if ((nuint)memory.Length < 2 * HugePage || !OperatingSystem.IsLinux())
            return;

        // Whole huge pages around the array, and at once all of the array that they do not cover: one call, and not one
        // exception for each page. If the collector moves the array meanwhile, both are for nothing, and no harm.
        var first = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(memory));
        var last = first + (nuint)memory.Length;
        var firstHuge = first & ~(HugePage - 1);
        var lastHuge = (last + HugePage - 1) & ~(HugePage - 1);
        _ = Advise((void*)firstHuge, lastHuge - firstHuge, AdviseHugePages);
        var firstPage = first & ~((nuint)Environment.SystemPageSize - 1);
        _ = Advise((void*)firstPage, last - firstPage, AdvisePopulateForWriting);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
