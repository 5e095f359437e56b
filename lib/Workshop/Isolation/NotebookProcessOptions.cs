namespace Workshop.Isolation;

/// <summary>How a notebook's process is started and watched.</summary>
internal sealed record NotebookProcessOptions
{
    /// <summary>The notebook's folder, from which relative paths start. Default: the process's own.</summary>
    public string WorkingDirectory { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>
    /// How large the managed heap may become, in bytes, before a cell gets an <see cref="OutOfMemoryException"/>
    /// instead of taking the machine down. 0 leaves it to the runtime. Default: three quarters of what this process
    /// may use.
    /// </summary>
    public long HeapLimitBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3;

    /// <summary>How long a process may take to report that it is ready. Default: 60 seconds, for a machine under load.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an interrupted cell may take to stop before its process is killed. Default: 3 seconds.</summary>
    public TimeSpan InterruptGrace { get; init; } = TimeSpan.FromSeconds(3);
}

/// <summary>A notebook's process did not start, or is not what it should be.</summary>
internal sealed class NotebookProcessException(string message, Exception? innerException = null) : Exception(message, innerException);
