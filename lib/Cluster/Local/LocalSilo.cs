using System.Diagnostics.CodeAnalysis;
using System.Net;
using CliWrap;
using OwnedProcesses;

namespace Cluster;

/// <summary>
/// A silo in a process of its own, on the loopback interface. The process ends with its standard input or its owner, so nothing has to be
/// done on the paths on which the owner does not come to disposing it.
/// </summary>
/// <example>
/// <code>
/// LocalSilo added = await cluster.AddSiloAsync();
/// Console.WriteLine($"{added.Name} is process {added.Pid}");
/// await added.KillAsync();
/// </code>
/// </example>
[SuppressMessage("Design", "CA1001", Justification = "Its token source has no timer and no wait handle: nothing to give back.")]
public sealed class LocalSilo
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _kill = new();
    private readonly Queue<string> _output = new();
    private readonly CommandTask<CommandResult> _run;

    internal LocalSilo(string name, IPEndPoint address, IPEndPoint gateway, IEnumerable<string> arguments, params string[] launcher)
    {
        (Name, Address, Gateway) = (name, address, gateway);
        var program = typeof(LocalSilo).Assembly.Location;
        string[] command = [.. launcher, DotNetProgram.Path, program, .. arguments, "--Owner", $"{Environment.ProcessId}"];
        _run = Cli.Wrap(command[0])
            .WithArguments(command[1..])
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(PipeSource.Create((_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken)))
            .WithStandardOutputPipe(PipeTarget.ToDelegate(Read))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Read))
            .ExecuteAsync(_kill.Token);
    }

    /// <summary>Its name: <c>silo 1</c> and so on, in the order in which they were started.</summary>
    public string Name { get; }

    /// <summary>Its process.</summary>
    public int Pid => _run.ProcessId;

    /// <summary>Whether its process has not ended.</summary>
    public bool IsRunning => !_run.Task.IsCompleted;

    /// <summary>The last lines that it wrote: its warnings and errors.</summary>
    public IReadOnlyList<string> Output
    {
        get
        {
            lock (_output) return [.. _output];
        }
    }

    internal IPEndPoint Address { get; }

    internal IPEndPoint Gateway { get; }

    internal bool HasJoined => _ready.Task.IsCompleted;

    /// <summary>Ends its process at once, as a crash or a pulled plug does, and waits until it is gone.</summary>
    public async Task KillAsync()
    {
        await _kill.CancelAsync();
        await ((Task)_run.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} (process {Pid})";

    /// <summary>Waits until it has joined.</summary>
    /// <exception cref="ClusterException">It ended before, or takes too long.</exception>
    internal async Task JoinAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAny(_ready.Task, _run.Task).WaitAsync(limit, cancellationToken);
        }
        catch (TimeoutException timeout)
        {
            throw new ClusterException($"{this} has not joined within {limit.TotalSeconds:0} seconds", Output, timeout);
        }

        if (_ready.Task.IsCompleted) return;
        await ((Task)_run.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        throw new ClusterException(Reason(), Output);
    }

    private string Reason()
    {
        if (!_run.Task.IsCompletedSuccessfully) return $"{this} was ended before it had joined";
        return Output.Any(line => line.Contains("already in use") || line.Contains("Only one usage"))
            ? $"{this} could not listen on {Address} and {Gateway}: another program has taken a port"
            : $"{this} exited with code {_run.Task.Result.ExitCode} before it had joined";
    }

    private void Read(string line)
    {
        if (line.StartsWith(SiloProgram.Ready, StringComparison.Ordinal))
        {
            _ready.TrySetResult();
            return;
        }

        lock (_output)
        {
            _output.Enqueue(line);
            if (_output.Count > 100) _output.Dequeue();
        }
    }
}
