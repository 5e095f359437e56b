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
        private const int Longest = 64 * 1024;

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

        /// <summary>Runs all; gives each chunk's results, with the place of its first item, as they come.</summary>
        public async Task RunAsync(Action<int, TResult[]> receive, CancellationToken token)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(token);
            using var places = new SemaphoreSlim(Math.Min(2 * _pool._options.Workers, _pool._dispatcher!.Limit));
            var running = new List<Task>();
            (int Start, Exception Error)? first = null;
            try
            {
                var start = 0;
                foreach (var chunk in Chunks())
                {
                    await places.WaitAsync(stop.Token);
                    running.Add(RunChunkAsync(start, chunk));
                    start += chunk.Length;
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // By the caller, or because of a failure: either is told below.
            }
            finally
            {
                await Task.WhenAll(running);
            }

            token.ThrowIfCancellationRequested();
            if (first is { } failure)
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure.Error);

            async Task RunChunkAsync(int start, T[] items)
            {
                try
                {
                    receive(start, await SendAsync(items, stop.Token));
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
                finally
                {
                    places.Release();
                }
            }
        }

        private async Task<TResult[]> SendAsync(T[] items, CancellationToken token)
        {
            var writer = new FrameWriter();
            writer.Begin(FrameKind.Call);
            writer.Write(_method.Id);
            writer.Write(true);
            WriteArgument(writer, items, typeof(T[]), _method);
            var call = new ChunkCall<TResult>(_method, [items], Finish(writer, _method), token);
            _pool._dispatcher!.Submit(call);
            var results = await call.Task;
            Adapt(items.Length, call.Duration);
            return results;
        }

        private IEnumerable<T[]> Chunks()
        {
            if (_items is T[] array)
            {
                for (var start = 0; start < array.Length;)
                {
                    var size = Math.Min(Size(array.Length - start), array.Length - start);
                    yield return array.AsSpan(start, size).ToArray();
                    start += size;
                }

                yield break;
            }

            using var items = _items.GetEnumerator();
            var given = 0;
            var chunk = new List<T>();
            while (items.MoveNext())
            {
                chunk.Add(items.Current);
                if (chunk.Count < Size(_count - given))
                    continue;
                yield return [.. chunk];
                given += chunk.Count;
                chunk.Clear();
            }

            if (chunk.Count > 0)
                yield return [.. chunk];
        }

        // Towards the end chunks get smaller, so that all workers end at about the same time.
        private int Size(int? left)
        {
            var fair = Math.Max(1, (left ?? int.MaxValue) / (2 * _pool._options.Workers));
            return _pool._options.ChunkSize ?? Math.Clamp(Volatile.Read(ref _size), 1, fair);
        }

        // Grows step by step: the first calls of a method in a worker are slower than the later ones.
        private void Adapt(int length, TimeSpan duration)
        {
            var wanted = length * (Wanted / Max(duration, TimeSpan.FromMicroseconds(1)));
            Volatile.Write(ref _size, (int)Math.Clamp(Math.Min(wanted, length * 8.0), 1, Longest));
        }

        private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
    }
}
