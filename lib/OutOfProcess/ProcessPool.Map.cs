namespace OutOfProcess;

public sealed partial class ProcessPool
{
    /// <summary>Runs a static method for every item and returns the results in the order of the items.</summary>
    /// <remarks>
    /// Items travel in chunks (see <see cref="ProcessPoolOptions.ChunkSize"/>) and are read from their source only as the
    /// workers take them. After an item that failed no further chunk begins, and the task fails with the first failure in
    /// the order of the items.
    /// </remarks>
    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task<TResult[]> MapAsync<T, TResult>(
        Func<T, TResult> method, IEnumerable<T> items, CancellationToken cancellationToken = default) =>
        MapInOrderAsync<T, TResult>(method, items, cancellationToken);

    /// <inheritdoc cref="MapAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, CancellationToken)"/>
    public Task<TResult[]> MapAsync<T, TResult>(
        Func<T, Task<TResult>> method, IEnumerable<T> items, CancellationToken cancellationToken = default) =>
        MapInOrderAsync<T, TResult>(method, items, cancellationToken);

    /// <summary>Runs a static method for every item and returns each result soon after it is ready, in any order.</summary>
    /// <remarks>
    /// The source may be slow or endless, and the loop that takes the results may be slow too: only a few chunks are under way
    /// or wait to be taken. A failure ends the enumeration; as after a break in the loop, no further chunk then begins.
    /// </remarks>
    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public IAsyncEnumerable<TResult> MapAsCompletedAsync<T, TResult>(
        Func<T, TResult> method, IEnumerable<T> items, CancellationToken cancellationToken = default) =>
        new ChunkedCalls<T, TResult>(this, method, items).ResultsAsync(cancellationToken);

    /// <inheritdoc cref="MapAsCompletedAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, CancellationToken)"/>
    public IAsyncEnumerable<TResult> MapAsCompletedAsync<T, TResult>(
        Func<T, Task<TResult>> method, IEnumerable<T> items, CancellationToken cancellationToken = default) =>
        new ChunkedCalls<T, TResult>(this, method, items).ResultsAsync(cancellationToken);

    private async Task<TResult[]> MapInOrderAsync<T, TResult>(Delegate method, IEnumerable<T> items, CancellationToken token)
    {
        var chunks = new List<ChunkResult<TResult>>();
        await foreach (var chunk in new ChunkedCalls<T, TResult>(this, method, items).ChunksAsync(token))
            chunks.Add(chunk);

        var all = new TResult[chunks.Sum(chunk => chunk.Results.Length)];
        foreach (var chunk in chunks)
            chunk.Results.CopyTo(all, chunk.Start);
        return all;
    }
}
