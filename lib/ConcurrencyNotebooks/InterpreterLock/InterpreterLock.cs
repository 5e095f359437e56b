using System.Runtime.CompilerServices;

namespace ConcurrencyNotebooks;

/// <summary>
/// A model of CPython's global interpreter lock: one thread runs at a time, and the running one is asked to hand over
/// when another has waited for the switch interval.
/// </summary>
/// <remarks>
/// Follows CPython's <c>Python/ceval_gil.c</c> (3.2 and later), forced switching included. What CPython's evaluation
/// loop does at a backward jump, at the entry of a function and after most calls, code under this lock does by calling
/// <see cref="Checkpoint"/>.
/// All members can be called from any thread.
/// </remarks>
/// <example>
/// <code>
/// var gil = new InterpreterLock();
/// gil.Run(() =>
/// {
///     gil.ReleaseWhile(() => Thread.Sleep(100)); // others run meanwhile
///     for (var i = 0; i &lt; 1_000_000; i++) gil.Checkpoint(); // and now and then here
/// });
/// </code>
/// </example>
public sealed class InterpreterLock
{
    //                 Take                               Checkpoint, asked to hand over
    //   waiting ─────────────────▶ holding ──────────────────────────────▶ waiting for the switch
    //      ▲ │                     │     ▲                                        │
    //      └─┘ interval is over:   │     └──── Take, once another has had it ─────┘
    //       asks to hand over      ▼
    //                       outside (the end of Run, or a blocking call)
    //
    // The holder   runs, and at each checkpoint looks at _handOverRequested: one read, no lock taken.
    // A waiter     waits under _gate for the lock to become free. When the interval passes without any switch, it sets
    //              _handOverRequested. A switch in the meantime starts its interval anew: the new holder gets a full turn.
    // The former   having handed over, waits under _switch until another thread has taken the lock. Without this it would
    // holder       nearly always win the race for the lock against the thread that it woke, which is not running yet.
    //
    // _gate guards all fields; _handOverRequested and the two counts are also read without it. _switch is taken inside _gate,
    // never the other way round.

    private readonly object _gate = new();
    private readonly object _switch = new();
    private Thread? _holder;
    private Thread? _lastHolder;
    private int _waiting;
    private int _switches;
    private int _handOverRequests;
    private volatile bool _handOverRequested;

    // Opened when the lock is taken, closed by its holder when it drops the lock: never touched by two threads at once.
    private TimelineSpan? _turn;

    /// <summary>Makes a lock that nobody holds.</summary>
    /// <param name="switchInterval">As <see cref="SwitchInterval"/>; 5 ms unless told, as in CPython.</param>
    public InterpreterLock(TimeSpan? switchInterval = null)
    {
        var interval = switchInterval ?? TimeSpan.FromMilliseconds(5);
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.FromMilliseconds(1), nameof(switchInterval));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(interval, TimeSpan.FromMinutes(1), nameof(switchInterval));
        SwitchInterval = TimeSpan.FromMilliseconds(Math.Ceiling(interval.TotalMilliseconds));
    }

    /// <summary>
    /// How long a thread waits before it asks the holder to hand over: Python's <c>sys.setswitchinterval</c>.
    /// From 1 ms to 1 minute, rounded up to whole milliseconds.
    /// </summary>
    /// <remarks>Windows wakes threads about every 15 ms unless a program asks for more: turns are longer there.</remarks>
    public TimeSpan SwitchInterval { get; }

    /// <summary>
    /// The timeline that records the turns, if any: on each thread's lane, when it holds the lock and when it waits for it.
    /// </summary>
    public Timeline? Turns { get; init; }

    /// <summary>The number of times that a thread took the lock that was not the last to hold it.</summary>
    public int Switches => Volatile.Read(ref _switches);

    /// <summary>The number of times that a waiter asked the holder to hand over.</summary>
    internal int HandOverRequests => Volatile.Read(ref _handOverRequests);

    internal bool IsHeldByCurrentThread => Volatile.Read(ref _holder) == Thread.CurrentThread;

    /// <summary>Waits for the lock, does the work while holding it, and gives it back.</summary>
    /// <exception cref="LockRecursionException">The calling thread holds the lock already.</exception>
    public void Run(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (IsHeldByCurrentThread)
        {
            throw new LockRecursionException(
                $"Thread {NameOf(Thread.CurrentThread)} holds the interpreter lock already and would wait for itself. "
                + "Call Run once around all of a thread's work, as the interpreter does.");
        }

        Take();
        try
        {
            work();
        }
        finally
        {
            Drop();
        }
    }

    /// <summary>
    /// Where the holder may lose the lock: hands over if a waiter has asked for it, and comes back with the lock held again.
    /// </summary>
    /// <remarks>Costs one read of memory when nobody asks, so it can stand in the innermost loop.</remarks>
    /// <exception cref="SynchronizationLockException">The calling thread does not hold the lock (noticed when a waiter asks).</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Checkpoint()
    {
        if (_handOverRequested)
            HandOver();
    }

    /// <summary>
    /// Gives the lock up around a call that waits or runs outside the interpreter, as CPython does for I/O, sleep and native code.
    /// </summary>
    /// <exception cref="SynchronizationLockException">The calling thread does not hold the lock.</exception>
    public void ReleaseWhile(Action call)
    {
        ArgumentNullException.ThrowIfNull(call);
        Drop();
        try
        {
            call();
        }
        finally
        {
            Take();
        }
    }

    private void HandOver()
    {
        Drop();
        Take();
    }

    private void Take()
    {
        var thread = Thread.CurrentThread;
        lock (_gate)
        {
            using var wait = _holder is null ? null : Turns?.Span("waits for the lock", ConcurrencyModel.Threads, waiting: true);
            _waiting++;
            try
            {
                while (_holder is not null)
                {
                    var switchesBefore = _switches;
                    var woken = Monitor.Wait(_gate, SwitchInterval);
                    if (!woken && _holder is not null && _switches == switchesBefore)
                    {
                        _handOverRequested = true;
                        _handOverRequests++;
                    }
                }
            }
            finally
            {
                // Also when the wait was interrupted: a former holder must not go on expecting this thread.
                _waiting--;
            }

            lock (_switch)
            {
                Volatile.Write(ref _holder, thread);
                if (_lastHolder != thread)
                {
                    _lastHolder = thread;
                    _switches++;
                }

                // Wakes the former holder, if it waits for this.
                Monitor.PulseAll(_switch);
            }

            _handOverRequested = false;
            wait?.Dispose();
            _turn = Turns?.Span("holds the lock", ConcurrencyModel.Threads);
            AssertHeld(thread);
        }
    }

    private void Drop()
    {
        var thread = Thread.CurrentThread;
        if (!IsHeldByCurrentThread)
        {
            throw new SynchronizationLockException(
                $"Thread {NameOf(thread)} does not hold the interpreter lock and cannot give it up. "
                + "Call this inside the work that is given to Run, on the same thread.");
        }

        bool requested;
        lock (_gate)
        {
            AssertHeld(thread);
            _turn?.Dispose();
            requested = _handOverRequested;
            Volatile.Write(ref _holder, null);
            Monitor.Pulse(_gate);
        }

        if (requested)
            WaitForSwitch(thread);
    }

    private void WaitForSwitch(Thread thread)
    {
        using var wait = Turns?.Span("waits for the lock", ConcurrencyModel.Threads, waiting: true);
        lock (_switch)
        {
            // Waits in slices and looks again: a waiter that was interrupted after asking is not coming any more.
            while (_lastHolder == thread && Volatile.Read(ref _waiting) > 0)
                Monitor.Wait(_switch, SwitchInterval);
        }
    }

    [Conditional("DEBUG")]
    private void AssertHeld(Thread thread)
    {
        Debug.Assert(Monitor.IsEntered(_gate), "The lock's state is looked at under _gate.");
        Debug.Assert(_holder == thread, "Only the holder runs: nobody takes a lock that is held.");
        Debug.Assert(_lastHolder == thread, "The holder is the last that took the lock.");
        Debug.Assert(_switches > 0, "The first to take the lock counts as a switch.");
    }

    private static string NameOf(Thread thread) =>
        $"\"{thread.Name ?? thread.ManagedThreadId.ToString(CultureInfo.InvariantCulture)}\"";
}
