using System.Runtime.CompilerServices;

namespace OutOfProcess;

// One overload for each shape of method: with a result or without, asynchronous or not, with zero to three arguments.
// A CancellationToken among the arguments crosses too: it cancels the call, and is cancelled in the worker.
public sealed partial class ProcessPool
{
    /// <summary>Runs a static method of a compiled assembly in a worker, and returns its result.</summary>
    /// <param name="method">The method itself: <c>Primes.Count</c>, neither a lambda nor a method of a notebook's cell.</param>
    /// <param name="cancellationToken">
    /// Takes the call out of the queue; a running call that takes no token, or ignores it, is ended with its worker.
    /// </param>
    /// <exception cref="ArgumentException">
    /// Method or argument cannot cross to another process; the message says what to do instead.
    /// </exception>
    /// <exception cref="RemoteTaskException">The method threw.</exception>
    /// <exception cref="WorkerDiedException">The worker died while it ran the method.</exception>
    /// <exception cref="TaskTimeoutException">The method ran longer than <see cref="ProcessPoolOptions.TaskTimeout"/>.</exception>
    /// <exception cref="PoolBrokenException">The workers die before they can run anything.</exception>
    /// <exception cref="ObjectDisposedException">The pool has been disposed of.</exception>
    public Task<TResult> RunAsync<TResult>(Func<TResult> method, CancellationToken cancellationToken = default) =>
        Start<TResult>(method, cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task<TResult> RunAsync<TResult>(Func<Task<TResult>> method, CancellationToken cancellationToken = default) =>
        Start<TResult>(method, cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task RunAsync(Func<Task> method, CancellationToken cancellationToken = default) =>
        Start<bool>(method, cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task RunAsync(Action method, CancellationToken cancellationToken = default) =>
        Start<bool>(method, cancellationToken);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task<TResult> RunAsync<T, TResult>(Func<T, TResult> method, T argument, CancellationToken cancellationToken = default) =>
        Start<TResult>(method, cancellationToken, argument);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task<TResult> RunAsync<T, TResult>(Func<T, Task<TResult>> method, T argument, CancellationToken cancellationToken = default) =>
        Start<TResult>(method, cancellationToken, argument);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task RunAsync<T>(Func<T, Task> method, T argument, CancellationToken cancellationToken = default) =>
        Start<bool>(method, cancellationToken, argument);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task RunAsync<T>(Action<T> method, T argument, CancellationToken cancellationToken = default) =>
        Start<bool>(method, cancellationToken, argument);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task<TResult> RunAsync<T1, T2, TResult>(
        Func<T1, T2, TResult> method, T1 first, T2 second, CancellationToken cancellationToken = default) =>
        Start<TResult>(method, cancellationToken, first, second);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task<TResult> RunAsync<T1, T2, TResult>(
        Func<T1, T2, Task<TResult>> method, T1 first, T2 second, CancellationToken cancellationToken = default) =>
        Start<TResult>(method, cancellationToken, first, second);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task RunAsync<T1, T2>(Func<T1, T2, Task> method, T1 first, T2 second, CancellationToken cancellationToken = default) =>
        Start<bool>(method, cancellationToken, first, second);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task RunAsync<T1, T2>(Action<T1, T2> method, T1 first, T2 second, CancellationToken cancellationToken = default) =>
        Start<bool>(method, cancellationToken, first, second);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task<TResult> RunAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> method, T1 first, T2 second, T3 third, CancellationToken cancellationToken = default) =>
        Start<TResult>(method, cancellationToken, first, second, third);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    public Task<TResult> RunAsync<T1, T2, T3, TResult>(
        Func<T1, T2, T3, Task<TResult>> method, T1 first, T2 second, T3 third, CancellationToken cancellationToken = default) =>
        Start<TResult>(method, cancellationToken, first, second, third);

    // C# takes the literal in RunAsync(Cpu.SumOfSquares, 10_000_000) for an int, which does not fit a method of a long;
    // these overloads are asked first, and drop out when the method takes neither.
    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task<TResult> RunAsync<TResult>(Func<long, TResult> method, long argument, CancellationToken cancellationToken = default) =>
        Start<TResult>(method, cancellationToken, argument);

    /// <inheritdoc cref="RunAsync{TResult}(Func{TResult}, CancellationToken)"/>
    [OverloadResolutionPriority(2)]
    public Task<TResult> RunAsync<TResult>(Func<double, TResult> method, double argument, CancellationToken cancellationToken = default) =>
        Start<TResult>(method, cancellationToken, argument);

    private Task<T> Start<T>(Delegate method, CancellationToken token, params object?[] arguments)
    {
        var call = new PoolCall<T>(RemoteMethod.Of(method), arguments, token);
        _dispatcher!.Submit(call);
        GC.KeepAlive(this);
        return call.Task;
    }
}
