using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading.Channels;

namespace OutOfProcess;

public sealed partial class ProcessPool
{
    /// <summary>
    /// Calls a method for many items, several of them at a time, so that a short method does not spend its time on the way.
    /// </summary>
    private sealed class ChunkedCalls<T, TResult>
    {
        // A chunk should take about this long: shorter, and the way (some 50 µs) begins to count; longer, and at the end
        // workers idle while the last chunks run.
        private static readonly TimeSpan Wanted = TimeSpan.FromMilliseconds(4);
        private static readonly TimeSpan Shortest = TimeSpan.FromMicroseconds(1);
        private const int MostItems = 64 * 1024;
        private const long MostBytes = 1 << 20;

        private readonly ProcessPool _pool;
        private readonly RemoteMethod _method;
        private readonly IEnumerable<T> _items;
        private readonly int? _count;
        private int _size = 1;

        public ChunkedCalls(ProcessPool pool, Delegate method, IEnumerable<T> items)
        {
            ArgumentNullException.ThrowIfNull(items);
            (_pool, _method, _items) = (pool, RemoteMethod.Of(method), items);
            _count = items.TryGetNonEnumeratedCount(out var count) ? count : null;
        }

        public async IAsyncEnumerable<TResult> ResultsAsync([EnumeratorCancellation] CancellationToken token)
        {
            await foreach (var chunk in ChunksAsync(token))
            {
                foreach (var result in chunk.Results)
                    yield return result;
            }
        }

        /// <summary>
        /// Runs all, and gives each chunk's results when they are ready. A chunk keeps its place among the few that are under
        /// way until its results have been taken, which is what holds the source back.
        /// </summary>
        public async IAsyncEnumerable<ChunkResult<TResult>> ChunksAsync([EnumeratorCancellation] CancellationToken token)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
            using var places = new SemaphoreSlim(2 * _pool._options.Workers);
            var ready = Channel.CreateUnbounded<ChunkResult<TResult>>(
                new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = true });
            var sending = SendAllAsync(places, ready.Writer, stop, token);
            try
            {
                await foreach (var chunk in ready.Reader.ReadAllAsync(CancellationToken.None))
                {
                    var given = Stopwatch.GetTimestamp();
                    yield return chunk;
                    Adapt(chunk, Stopwatch.GetElapsedTime(given));
                    places.Release();
                }
            }
            finally
            {
                // Also reached by a break in the caller's loop: what has not begun is then left out.
                await stop.CancelAsync();
                await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await sending;
        }

        private async Task SendAllAsync(
            SemaphoreSlim places, ChannelWriter<ChunkResult<TResult>> ready, CancellationTokenSource stop, CancellationToken token)
        {
            using var source = ItemSource<T>.Of(_items);
            var running = new List<Task>();
            (int Start, Exception Error)? first = null;
            try
            {
                for (var start = 0; ;)
                {
                    await places.WaitAsync(stop.Token);
                    var items = await source.TakeAsync(Size(_count - start)).WaitAsync(stop.Token);
                    if (items.Length == 0)
                        break;
                    running.Add(SendAsync(start, items));
                    start += items.Length;
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // By the caller, or because of a failure: either is told below.
            }
            finally
            {
                await Task.WhenAll(running);
                ready.Complete();
            }

            token.ThrowIfCancellationRequested();
            if (first is { } failure)
                ExceptionDispatchInfo.Throw(failure.Error);

            async Task SendAsync(int start, T[] items)
            {
                try
                {
                    var call = Submit(items, stop.Token);
                    ready.TryWrite(new ChunkResult<TResult>(start, await call.Task, call.Duration, call.Bytes));
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    // Left out because of another one's failure.
                }
#pragma warning disable CA1031 // It is thrown to the caller, once all that has begun has ended.
                catch (Exception error)
#pragma warning restore CA1031
                {
                    lock (running)
                        first = first is { } earlier && earlier.Start < start ? earlier : (start, error);
                    await stop.CancelAsync();
                }
            }
        }

        private ChunkCall<TResult> Submit(T[] items, CancellationToken token)
        {
            var call = new ChunkCall<TResult>(_method, [items], MakeFrame(_method, [items], isChunk: true), token);
            _pool._dispatcher!.Submit(call);
            return call;
        }

        // Towards the end chunks get smaller, so that all workers end at about the same time.
        private int Size(int? left)
        {
            var fair = Math.Max(1, (left ?? int.MaxValue) / (2 * _pool._options.Workers));
            return _pool._options.ChunkSize ?? Math.Clamp(Volatile.Read(ref _size), 1, fair);
        }

        // A chunk is measured by whoever is slower: its worker, or the one who takes its results. The size grows step by step,
        // since the first calls of a method in a worker are slower than the later ones.
        private void Adapt(ChunkResult<TResult> chunk, TimeSpan taking)
        {
            var needed = new[] { chunk.Duration, taking, Shortest }.Max();
            var length = chunk.Results.Length;
            var wanted = Math.Min(length * (Wanted / needed), length * (MostBytes / (double)chunk.Bytes));
            Volatile.Write(ref _size, (int)Math.Clamp(Math.Min(wanted, length * 8.0), 1, MostItems));
        }
    }

    /// <summary>The results of a chunk, and the place of its first item among all.</summary>
    /// <param name="Start">The place of its first item among all.</param>
    /// <param name="Results">One for each item.</param>
    /// <param name="Duration">How long the chunk ran in its worker.</param>
    /// <param name="Bytes">Items and results as they travel.</param>
    private readonly record struct ChunkResult<TResult>(int Start, TResult[] Results, TimeSpan Duration, long Bytes);
}
