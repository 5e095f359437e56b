using System.Diagnostics;

namespace OutOfProcess;

/// <summary>
/// Calls a method for many items, several of them at a time, so that a short method does not spend its time on the way. Only a
/// few chunks are under way, which is what holds the source back.
/// </summary>
internal sealed class ChunkedCalls<T, TResult>(CallDispatcher dispatcher, RemoteMethod method, IEnumerable<T> items)
{
    // A chunk should take about this long: shorter, and the way (some 50 µs) begins to count; longer, and at the end
    // workers idle while the last chunks run.
    private static readonly TimeSpan Wanted = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan Shortest = TimeSpan.FromMicroseconds(1);
    private const int MostItems = 64 * 1024;
    private const long MostBytes = 1 << 20;

    private readonly int _atOnce = 2 * dispatcher.Options.Workers;
    private readonly int _count = items.TryGetNonEnumeratedCount(out var count) ? count : int.MaxValue;
    private readonly List<(int Start, Task<TResult[]> Results)> _chunks = [];
    private int _taken;
    private int _size = 1;

    /// <summary>Runs all, and returns the results in the order of the items.</summary>
    public async Task<TResult[]> RunAsync(CancellationToken token)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = _atOnce, CancellationToken = token };
        try
        {
            await Parallel.ForEachAsync(Chunks(), options, RunChunkAsync).ConfigureAwait(false);
        }
        catch (Exception) when (!token.IsCancellationRequested)
        {
            // Several may have failed; this is the first in the order of the items.
            if (_chunks.OrderBy(chunk => chunk.Start).FirstOrDefault(chunk => chunk.Results.IsFaulted).Results is { } failed)
                await failed.ConfigureAwait(false);
            throw;
        }

        var all = new TResult[_taken];
        foreach (var (start, results) in _chunks)
            (await results.ConfigureAwait(false)).CopyTo(all, start);
        return all;
    }

    // Read by one thread at a time.
    private IEnumerable<(int Start, T[] Items, TimeSpan Taking)> Chunks()
    {
        using var source = items.GetEnumerator();
        while (true)
        {
            var start = Stopwatch.GetTimestamp();
            var chunk = Take(source);
            if (chunk.Length == 0)
                yield break;
            _taken += chunk.Length;
            yield return (_taken - chunk.Length, chunk, Stopwatch.GetElapsedTime(start));
        }
    }

    private T[] Take(IEnumerator<T> source)
    {
        // Towards the end chunks get smaller, so that all workers end at about the same time.
        var fair = Math.Max(1, (_count - _taken) / _atOnce);
        var most = dispatcher.Options.ChunkSize ?? Math.Clamp(Volatile.Read(ref _size), 1, fair);
        if (items is T[] array)
            return array[_taken..(_taken + Math.Min(most, array.Length - _taken))];
        var chunk = new List<T>();
        while (chunk.Count < most && source.MoveNext())
            chunk.Add(source.Current);
        return [.. chunk];
    }

    private async ValueTask RunChunkAsync((int Start, T[] Items, TimeSpan Taking) chunk, CancellationToken stop)
    {
        var call = new PoolCall<TResult[]>(method, [chunk.Items], stop);
        lock (_chunks)
            _chunks.Add((chunk.Start, call.Task));
        dispatcher.Submit(call);
        await call.Task;

        // A chunk is measured by whoever is slower: its worker, or the source. The size grows step by step, since the first calls
        // of a method in a worker are slower than the later ones.
        var length = chunk.Items.Length;
        var needed = new[] { call.Duration, chunk.Taking, Shortest }.Max();
        var wanted = Math.Min(length * (Wanted / needed), length * (MostBytes / (double)call.Bytes));
        Volatile.Write(ref _size, (int)Math.Clamp(Math.Min(wanted, length * 8.0), 1, MostItems));
    }
}
