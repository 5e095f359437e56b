using System.Runtime.InteropServices;

namespace NotebookHost;

/// <summary>
/// The notebook's process and all that it starts, as one group: a process whose parent has ended is in nobody's tree
/// any more, but still in its group. On Windows the tree has to do.
/// </summary>
internal static partial class ProcessGroup
{
    private const int Kill = 9, SetDescriptorFlags = 2, CloseOnExec = 1;

    /// <summary>Makes this process the leader of a group of its own, which what it starts belongs to.</summary>
    public static void Lead()
    {
        if (!OperatingSystem.IsWindows()) _ = setpgid(0, 0);
    }

    /// <summary>Keeps a descriptor from what this process starts, which would hold the pipe open after its death.</summary>
    public static void KeepPrivate(string descriptor)
    {
        if (!OperatingSystem.IsWindows() && int.TryParse(descriptor, out var number)) _ = fcntl(number, SetDescriptorFlags, CloseOnExec);
    }

    /// <summary>Ends what is left of a group, its leader included.</summary>
    public static void End(int leader)
    {
        if (!OperatingSystem.IsWindows()) _ = kill(-leader, Kill);
    }

    [LibraryImport("libc")]
    private static partial int setpgid(int process, int group);

    [LibraryImport("libc")]
    private static partial int fcntl(int descriptor, int command, int value);

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
