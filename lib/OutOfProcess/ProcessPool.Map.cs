using System.Runtime.CompilerServices;
using System.Threading.Channels;

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

    /// <summary>Runs a static method for every item and returns the results as they come.</summary>
    /// <remarks>A failure ends the enumeration; as after a break in the loop, no further chunk then begins.</remarks>
    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public IAsyncEnumerable<TResult> MapAsCompletedAsync<T, TResult>(
        Func<T, TResult> method, IEnumerable<T> items, CancellationToken cancellationToken = default) =>
        MapAsTheyComeAsync<T, TResult>(new ChunkedCalls<T, TResult>(this, method, items), cancellationToken);

    /// <inheritdoc cref="MapAsCompletedAsync{T, TResult}(Func{T, TResult}, IEnumerable{T}, CancellationToken)"/>
    public IAsyncEnumerable<TResult> MapAsCompletedAsync<T, TResult>(
        Func<T, Task<TResult>> method, IEnumerable<T> items, CancellationToken cancellationToken = default) =>
        MapAsTheyComeAsync<T, TResult>(new ChunkedCalls<T, TResult>(this, method, items), cancellationToken);

    private async Task<TResult[]> MapInOrderAsync<T, TResult>(Delegate method, IEnumerable<T> items, CancellationToken token)
    {
        var chunks = new List<(int Start, TResult[] Results)>();
        var calls = new ChunkedCalls<T, TResult>(this, method, items);
        await calls.RunAsync((start, results) =>
        {
            lock (chunks)
                chunks.Add((start, results));
        }, token);

        var all = new TResult[chunks.Sum(chunk => chunk.Results.Length)];
        foreach (var (start, results) in chunks)
            results.CopyTo(all, start);
        return all;
    }

    private static async IAsyncEnumerable<TResult> MapAsTheyComeAsync<T, TResult>(
        ChunkedCalls<T, TResult> calls, [EnumeratorCancellation] CancellationToken token = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
        var come = Channel.CreateUnbounded<TResult[]>();
        var running = RunAsync();
        try
        {
            await foreach (var results in come.Reader.ReadAllAsync(CancellationToken.None))
            {
                foreach (var result in results)
                    yield return result;
            }
        }
        finally
        {
            // Also reached by a break in the caller's loop: what has not begun is then left out.
            await stop.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await running;

        async Task RunAsync()
        {
            try
            {
                await calls.RunAsync((_, results) => come.Writer.TryWrite(results), stop.Token);
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                throw new OperationCanceledException(token);
            }
            finally
            {
                come.Writer.Complete();
            }
        }
    }
}
