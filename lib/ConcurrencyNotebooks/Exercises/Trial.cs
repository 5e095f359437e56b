using System.Diagnostics.CodeAnalysis;
using System.Runtime;

namespace ConcurrencyNotebooks;

/// <summary>One check of one solution: waits no longer than a limit, and turns whatever happens into a sentence.</summary>
internal sealed class Trial(Delegate solution, TimeSpan limit, TimeSpan patience) : IDisposable
{
    // Flows into every thread and task of the solution: their beginning is noted, and their exceptions find the way back.
    private static readonly AsyncLocal<Trial?> Current = new(NoteBeginning);

    private readonly CancellationTokenSource _abort = new();
    private readonly HashSet<Thread> _begun = []; // its own lock
    private Exception? _crash;
    private bool _isOver;

    /// <summary>How long calls wait to meet each other.</summary>
    public TimeSpan Patience { get; } = patience;

    /// <summary>The first exception on a thread of the solution, or of an async void method.</summary>
    public Exception? Crash => Volatile.Read(ref _crash);

    /// <summary>Handles what nobody catches: an exception of a solution is kept, and does not end the process.</summary>
    public static bool Caught(Exception exception)
    {
        if (Current.Value is not { } trial) return false;
        Interlocked.CompareExchange(ref trial._crash, exception, null);
        return true;
    }

    /// <summary>Ends the check with a sentence, unless the condition is met.</summary>
    /// <param name="met">The condition.</param>
    /// <param name="sentence">What is wrong, and what helps.</param>
    /// <param name="isGiven">It is the fault that the exercise asks to find, and no mistake of the reader's.</param>
    public static void Demand([DoesNotReturnIf(false)] bool met, string sentence, bool isGiven = false)
    {
        if (!met) throw new WrongException(sentence, isGiven);
    }

    /// <summary>Demands that an exception came out of a solution: one that is caught and forgotten helps nobody.</summary>
    public static void DemandFailure(Task task) => Demand(!task.IsCompletedSuccessfully,
        "Something failed, and your method says that all is well. Let the exception out, to whoever awaits your task.");

    /// <summary>What a call of a solution came to, in words.</summary>
    public static string Said(object outcome) => outcome is Exception exception ? exception.GetType().Name : $"\"{outcome}\"";

    /// <summary>What the task of a solution returns.</summary>
    public static async Task<T> ResultOf<T>(Task<T> task)
    {
        Demand(task is not null, "It returned null instead of a task.");
        var result = await task;
        Demand(result is not null, "Its task has the result null.");
        return result;
    }

    /// <summary>What a call of a solution comes to: its result, or an exception of one of these types.</summary>
    public static async Task<object> OutcomeOf<T>(Func<Task<T>> call, params Type[] expected)
    {
        try
        {
            return (await ResultOf(call()))!;
        }
        catch (Exception exception) when (expected.Any(type => type.IsInstanceOfType(exception)))
        {
            return exception;
        }
    }

    /// <summary>Whether the task ends while calls would wait to meet each other.</summary>
    public async Task<bool> EndsAsync(Task task) => await Task.WhenAny(task, Task.Delay(Patience)) == task;

    /// <summary>Whether a thread has begun to work for the solution, other than these.</summary>
    public bool HasBegunBeside(params IEnumerable<Thread> threads)
    {
        lock (_begun) return _begun.Except(threads).Any();
    }

    /// <summary>The solution as a method of this type.</summary>
    public T Solution<T>() where T : Delegate
    {
        Demand(solution is T, "The method needs the parameters and the return type that it had in the beginning.");
        return (T)solution;
    }

    public async Task<(Verdict, string)> JudgeAsync(Func<Trial, Task> checkAsync)
    {
        Current.Value = this;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture; // of the sentences, until this method ends
        try
        {
            // Not on a thread of the built-in pool: a solution that never returns would keep it.
            var check = Task.Factory.StartNew(
                () => Begin(checkAsync), default, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
            if (await Task.WhenAny(check, Task.Delay(limit)) != check) End();
            await check;
            return Crash is null ? (Verdict.Holds, "") : (Verdict.Fails, Sentence(Crash));
        }
        catch (WrongException wrong) when (wrong.IsGiven || Crash is null)
        {
            return (wrong.IsGiven ? Verdict.Undecided : Verdict.Fails, wrong.Message);
        }
        catch (NotImplementedException)
        {
            return (Verdict.Undecided, "");
        }
#pragma warning disable CA1031 // Whatever a solution throws is a sentence for its author, and never the end of the notebook.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return (Verdict.Fails, Sentence(Crash ?? exception));
        }
    }

    public void Dispose()
    {
        if (!_isOver) _abort.Dispose();
    }

    private static void NoteBeginning(AsyncLocalValueChangedArgs<Trial?> change)
    {
        if (change is not { ThreadContextChanged: true, CurrentValue: { } trial }) return;
        Thread.CurrentThread.IsBackground = true; // One that never ends must not keep the program.
        lock (trial._begun) trial._begun.Add(Thread.CurrentThread);
    }

    // Aborts a solution that computes without end, which would keep a core; one that waits without end keeps nothing.
    private Task Begin(Func<Trial, Task> checkAsync)
    {
        var check = Task.CompletedTask;
#pragma warning disable SYSLIB0046 // An abort may leave the solution's own state torn, and nobody uses it any more.
        ControlledExecution.Run(() => check = checkAsync(this), _abort.Token);
#pragma warning restore SYSLIB0046
        return check;
    }

    // On a thread of its own: the abort of a thread that waits without end does not end either.
    private void End()
    {
        _isOver = true;
        new Thread(_abort.Cancel) { IsBackground = true }.Start();
        throw new OperationCanceledException();
    }

    private string Sentence(Exception exception)
    {
        var first = exception is AggregateException several ? several.Flatten().InnerExceptions[0] : exception;
        var wrapped = first == exception ? "" : $"{nameof(AggregateException)}, and in it "; // await would throw what is in it
        return first switch
        {
            OperationCanceledException when _isOver =>
                $"It had not ended after {limit.TotalSeconds:0.#} s: it loops, or waits for something that never comes.",
            _ when first == Crash => $"A thread of yours, or an async void method, threw {first.GetType().Name}: {first.Message} "
                + "In a program of your own, that is the end.",
            _ => $"It threw {wrapped}{first.GetType().Name}: {first.Message}",
        };
    }

    private sealed class WrongException(string sentence, bool isGiven) : Exception(sentence)
    {
        public bool IsGiven => isGiven;
    }
}
