namespace OutOfProcess;

public sealed partial class ProcessPool
{
    /// <summary>Runs a static method for every item and returns the results in the order of the items.</summary>
    /// <remarks>
    /// Items travel in chunks (see <see cref="ProcessPoolOptions.ChunkSize"/>) and are read from their source only as the
    /// workers take them. After an item that failed no further chunk begins, and the task fails with the first failure in
    /// the order of the items. A source may be slow: it is read on threads of .NET's pool, by one at a time.
    /// </remarks>
    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task<TResult[]> MapAsync<T, TResult>(
        Func<T, TResult> method, IEnumerable<T> items, CancellationToken cancellationToken = default) =>
        MapInOrderAsync<T, TResult>(method, items, cancellationToken);

    /// <inheritdoc cref="MapAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, CancellationToken)"/>
    public Task<TResult[]> MapAsync<T, TResult>(
        Func<T, Task<TResult>> method, IEnumerable<T> items, CancellationToken cancellationToken = default) =>
        MapInOrderAsync<T, TResult>(method, items, cancellationToken);

    private async Task<TResult[]> MapInOrderAsync<T, TResult>(Delegate method, IEnumerable<T> items, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(items);
        if (items is ICollection<T> and not T[])
            items = items.ToArray();

        // A source that gives nothing does not hold up the caller who cancels.
        var results = await new ChunkedCalls<T, TResult>(_dispatcher!, RemoteMethod.Of(method).ForItems, items)
            .RunAsync(token).WaitAsync(token).ConfigureAwait(false);
        GC.KeepAlive(this);
        return results;
    }
}
