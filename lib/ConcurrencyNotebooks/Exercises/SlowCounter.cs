namespace ConcurrencyNotebooks;

/// <summary>A number whose <c>++</c> takes its time between reading and writing, so that a race happens in every run.</summary>
/// <example>
/// <code>
/// var gate = new Lock();
/// var counter = new SlowCounter();
/// lock (gate) counter.Value++;
/// </code>
/// </example>
public sealed class SlowCounter
{
    private readonly object _gate = new(); // Guards all fields; pulsed when a thread reads.
    private readonly Dictionary<Thread, int> _versionsRead = [];
    private int _value;
    private int _version;

    /// <summary>The number. Its first reader is held up until another thread reads, or for 0.3 s.</summary>
    public int Value
    {
        get
        {
            lock (_gate)
            {
                var (seen, isFirst) = (_value, _versionsRead.Count == 0);
                _versionsRead[Thread.CurrentThread] = _version;
                Monitor.PulseAll(_gate);
                if (isFirst) WaitForAnother();
                return seen;
            }
        }

        set
        {
            lock (_gate)
            {
                if (_versionsRead.TryGetValue(Thread.CurrentThread, out var read) && read != _version) Lost++;
                (_value, _version) = (value, _version + 1);
            }
        }
    }

    /// <summary>Whether another thread has begun. Until then the first reader is held up.</summary>
    internal Func<bool> HasAnotherBegun { get; init; } = () => true;

    /// <summary>How long the first reader is held up for another thread to begin.</summary>
    internal TimeSpan Patience { get; init; }

    /// <summary>Whether no other thread had begun when the patience was over.</summary>
    internal bool WasAlone { get; private set; }

    /// <summary>The number of writes that wiped out what another thread had written after the writer had read.</summary>
    internal int Lost { get; private set; }

    /// <summary>The number of threads that have read.</summary>
    internal int Readers => _versionsRead.Count;

    internal int Now => _value;

    internal bool WasReadBy(Thread thread) => _versionsRead.ContainsKey(thread);

    // A reader that holds a lock keeps the other thread from reading; then the latter has begun, and stands before the lock.
    private void WaitForAnother()
    {
        var start = Stopwatch.GetTimestamp();
        bool isAlone, reads;
        do
        {
            isAlone = !HasAnotherBegun();
            reads = Monitor.Wait(_gate, TimeSpan.FromSeconds(0.3));
        }
        while (isAlone && !reads && Stopwatch.GetElapsedTime(start) < Patience);
        WasAlone = isAlone && !reads;
    }
}
