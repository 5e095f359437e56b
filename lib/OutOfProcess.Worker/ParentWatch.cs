using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OutOfProcess.Worker;

/// <summary>
/// The worker's second thread. Ends the process when the pool's process is gone, even while a task spins or somebody
/// else holds the pipes open, and tells a running task that its token was cancelled.
/// </summary>
internal sealed partial class ParentWatch
{
    private const int UsualMilliseconds = 250;
    private const int MillisecondsUnderToken = 5;

    private readonly int _parent;
    private readonly ControlBlock _control;
    private readonly object _wake = new();
    private volatile Cancellable? _current;
    private volatile int _answered;
    private int _answeredWhenTrimmed;
    private int _answeredAtLastLook;

    public ParentWatch(int parent, ControlBlock control)
    {
        (_parent, _control) = (parent, control);
        new Thread(Run) { IsBackground = true, Name = "parent watch" }.UnsafeStart();
    }

    /// <summary>Gives the token of a call that begins; it is cancelled when the pool says so, until <see cref="End"/>.</summary>
    public CancellationToken Begin(long number)
    {
        var current = new Cancellable(number, new CancellationTokenSource());
        lock (_wake)
        {
            _current = current;
            Monitor.Pulse(_wake);
        }

        return current.Source.Token;
    }

    public void End() => _current = null;

    /// <summary>Notes that the worker is about to wait for its next call.</summary>
    public void MarkAnswered() => _answered++;

    private void Run()
    {
        // A terminal or a notebook interrupts all processes of its group; it means the parent, which then says what is to end.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);

        // The parent of an orphan is another one, whatever process gets the old number.
        Func<bool> hasParent = OperatingSystem.IsWindows() ? WatchParent() : () => GetParent() == _parent;
        while (hasParent())
        {
            lock (_wake)
                Monitor.Wait(_wake, _current is null ? UsualMilliseconds : MillisecondsUnderToken);
            if (_current is { Source.IsCancellationRequested: false } current && _control.IsCancellationRequested(current.Number))
            {
                // Elsewhere: what the task has registered with its token may block or throw.
                _ = current.Source.CancelAsync();
            }

            TrimWhenIdle();
        }

        // Nothing of this process may run on: not even its code for an orderly exit.
        KillSelf();
    }

    // Gives back, once, what large values have left behind, when nothing has been answered from one look to the next.
    // A task that runs meanwhile only loses the few milliseconds of one collection.
    private void TrimWhenIdle()
    {
        var answered = _answered;
        if (_current is null && answered == _answeredAtLastLook && answered != _answeredWhenTrimmed)
        {
            _answeredWhenTrimmed = answered;
            LargeArrays.LetGo();
        }

        _answeredAtLastLook = answered;
    }

    // Methods of their own, so that a worker loads what belongs to processes only when it needs it, and starts sooner.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void KillSelf() => Process.GetCurrentProcess().Kill();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Func<bool> WatchParent()
    {
        try
        {
            var parent = Process.GetProcessById(_parent);
            return () => !parent.HasExited;
        }
        catch (ArgumentException)
        {
            return () => false;
        }
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParent();

    private sealed record Cancellable(long Number, CancellationTokenSource Source);
}
