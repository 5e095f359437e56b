namespace OutOfProcess;

/// <summary>Gives the items of a map in pieces, each when somebody has asked for it.</summary>
internal abstract class ItemSource<T> : IDisposable
{
    public static ItemSource<T> Of(IEnumerable<T> items) => items switch
    {
        T[] array => new FromArray(array),
        ICollection<T> collection => new FromArray([.. collection]),
        _ => new FromReader(items),
    };

    /// <summary>Takes what is there, at least one item and at most so many; nothing when there are no more.</summary>
    public abstract Task<T[]> TakeAsync(int most);

    public abstract void Dispose();

    private sealed class FromArray(T[] items) : ItemSource<T>
    {
        private int _taken;

        public override Task<T[]> TakeAsync(int most)
        {
            var part = items.AsSpan(_taken, Math.Min(most, items.Length - _taken)).ToArray();
            _taken += part.Length;
            return Task.FromResult(part);
        }

        public override void Dispose()
        {
        }
    }

    /// <summary>
    /// Reads any other source on a thread of its own, a piece ahead of what has been taken: a source that is slow, or waits for
    /// something, then holds up nobody, and what it has given is on its way at once.
    /// </summary>
    private sealed class FromReader : ItemSource<T>
    {
        private readonly object _gate = new();
        private readonly IEnumerable<T> _items;
        private List<T> _read = [];
        private TaskCompletionSource<T[]>? _taker;
        private int _most = 1;
        private bool _isStopped;
        private bool _isAtEnd;
        private Exception? _error;

        public FromReader(IEnumerable<T> items)
        {
            _items = items;
            new Thread(Read) { IsBackground = true, Name = "map items" }.Start();
        }

        public override Task<T[]> TakeAsync(int most)
        {
            lock (_gate)
            {
                _most = most;
                Monitor.Pulse(_gate);
                if (_read.Count > 0)
                    return Task.FromResult(Take());
                if (_error is not null)
                    return Task.FromException<T[]>(_error);
                if (_isAtEnd)
                    return Task.FromResult<T[]>([]);
                _taker = new TaskCompletionSource<T[]>(TaskCreationOptions.RunContinuationsAsynchronously);
                return _taker.Task;
            }
        }

        /// <summary>Lets the reader end, once its source has given what it is asked for at this moment.</summary>
        public override void Dispose()
        {
            lock (_gate)
            {
                (_isStopped, _taker) = (true, null);
                Monitor.Pulse(_gate);
            }
        }

        private void Read()
        {
            Exception? error = null;
            try
            {
                foreach (var item in _items)
                {
                    if (!TryAdd(item))
                        return;
                }
            }
#pragma warning disable CA1031 // The source is the caller's, who gets what it throws.
            catch (Exception thrown)
#pragma warning restore CA1031
            {
                error = thrown;
            }

            lock (_gate)
            {
                (_isAtEnd, _error) = (true, error);
                if (error is not null)
                    _taker?.TrySetException(error);
                else
                    _taker?.TrySetResult([]);
            }
        }

        // Blocks while there is as much as one call takes; false when nobody takes any more.
        private bool TryAdd(T item)
        {
            lock (_gate)
            {
                _read.Add(item);
                if (_taker is { } taker)
                {
                    _taker = null;
                    taker.TrySetResult(Take());
                }

                while (_read.Count >= _most && !_isStopped)
                    Monitor.Wait(_gate);
                return !_isStopped;
            }
        }

        private T[] Take()
        {
            var part = _read.Count <= _most ? _read : _read.GetRange(0, _most);
            _read = _read.Count <= _most ? [] : _read.GetRange(_most, _read.Count - _most);
            return [.. part];
        }
    }
}
