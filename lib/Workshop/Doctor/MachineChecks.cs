using System.Runtime.CompilerServices;
using Check = System.Func<System.Threading.CancellationToken, System.Threading.Tasks.Task<Workshop.Doctor.CheckResult>>;

namespace Workshop.Doctor;

/// <summary>Everything that is looked at before a workshop day. A check that hangs or throws costs its own line and no other.</summary>
internal static class MachineChecks
{
    // The whole is to end within 20 s, also where every check hangs.
    private static readonly TimeSpan LimitAlone = TimeSpan.FromSeconds(2.5), Limit = TimeSpan.FromSeconds(7);

    // What heeds the limit has ended by then, with the programs that it started.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    // The first four one after the other, while nothing else of this program runs; the others together.
    private const int Alone = 4;

    private static readonly (string Name, Check Check)[] All =
    [
        ("Open files", Now(SystemChecks.OpenFiles)),
        ("Cores", Now(SpeedChecks.Cores)),
        ("Cores given", Now(SpeedChecks.CoresGiven)),
        ("Timer", Now(SpeedChecks.Timer)),
        ("SDK", ProgramChecks.SdkAsync),
        ("Folders", Now(SystemChecks.Folders)),
        ("Disk", Now(SystemChecks.Disk)),
        ("Memory", Now(SystemChecks.Memory)),
        ("Loopback", SystemChecks.LoopbackAsync),
        ("Ports", Now(SystemChecks.Ports)),
        ("Python", ProgramChecks.PythonAsync),
        ("Browser", Now(ProgramChecks.Browser)),
        ("Jupyter", Now(ProgramChecks.Jupyter)),
        (".NET kernel", Now(ProgramChecks.Kernel)),
    ];

    /// <summary>Looks at everything; each result comes as soon as it, and those before it, are there.</summary>
    public static async IAsyncEnumerable<CheckResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hasFiles = true;
        foreach (var (name, check) in All.Take(Alone))
        {
            var result = await RunAsync(name, check, LimitAlone, cancellationToken);
            hasFiles &= result is not { Name: "Open files", State: CheckState.Mend };
            yield return result;
        }

        // With few files not even what the other checks use of this program can be loaded.
        var later = CheckResult.Warning("not looked at", "Mend the open files first.");
        var running = All.Skip(Alone).Select(entry => hasFiles
            ? RunAsync(entry.Name, entry.Check, Limit, cancellationToken) : Task.FromResult(later with { Name = entry.Name })).ToList();
        foreach (var result in running) yield return await result;
    }

    /// <summary>Runs one check, and says of one that hangs or throws that it did.</summary>
    public static async Task<CheckResult> RunAsync(string name, Check check, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(limit);
        try
        {
            // On a thread of the pool, which is left behind where the check heeds nothing: it keeps no program from ending.
            var token = end.Token;
            var result = await Task.Run(() => check(token), CancellationToken.None).WaitAsync(limit + Grace, cancellationToken);
            return result with { Name = name };
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            var reason = exception is TimeoutException or OperationCanceledException
                ? string.Create(CultureInfo.InvariantCulture, $"no answer within {limit.TotalSeconds} s")
                : $"not to be found out: {exception.Message}";
            return CheckResult.Warning(reason, "Nothing is known about it; look for yourself.") with { Name = name };
        }
    }

    private static Check Now(Func<CheckResult> check) => _ => Task.FromResult(check());
}
