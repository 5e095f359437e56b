namespace Cluster;

/// <summary>A lock between processes: a file that one of them has open. A process that dies gives it back.</summary>
internal static class FileLock
{
    /// <summary>Takes the lock; null while somebody else has it.</summary>
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
