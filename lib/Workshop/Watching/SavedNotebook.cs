namespace Workshop.Watching;

/// <summary>
/// Tells when a notebook's file changes, by looking at its time and length: this needs nothing of the system, works in containers and
/// on network drives, where changes are not told, and it does not matter whether an editor truncates the file or puts another in its place.
/// </summary>
internal sealed class SavedNotebook(NotebookFile file)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Longer than an editor takes between the steps of a save, and than the steps of a file system's clock.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(200);

    /// <summary>After so long it is read in the middle of saves: somebody may be saving all the time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly (DateTime, long) Missing = (default, -1), Unread = (default, -2);

    private (DateTime, long) _seen = Unread;

    /// <summary>Waits for the next save and gives the notebook, or the sentence why it cannot be read. Quick saves are one.</summary>
    public async Task<(NotebookDocument? Document, string? Problem)> NextAsync(CancellationToken cancellationToken)
    {
        var stamp = Stamp();
        for (; stamp == _seen; stamp = Stamp()) await Task.Delay(Look, cancellationToken);
        var since = Stopwatch.StartNew();
        for (var earlier = Unread; stamp != earlier && since.Elapsed < Patience; stamp = Stamp())
        {
            earlier = stamp;
            await Task.Delay(Calm, cancellationToken);
        }

        try
        {
            // The stamp is from before the reading: what is saved meanwhile is a change again.
            _seen = stamp;
            if (stamp != Missing) return (NotebookDocument.Load(file.DisplayPath), null);
            var lost = Directory.Exists(file.Directory) ? "" : ", nor is its folder";
            return (null, $"{file.DisplayPath} is not there any more{lost}. As soon as it is back it is run again.");
        }
        catch (Exception exception) when (InputException.Explains(exception))
        {
            // What the system refuses it may allow without a change of the file.
            if (exception is not NotebookFormatException) _seen = Unread;
            return (null, exception.Message);
        }
    }

    private (DateTime, long) Stamp()
    {
        var info = new FileInfo(file.Path);
        return info.Exists ? (info.LastWriteTimeUtc, info.Length) : Missing;
    }
}
