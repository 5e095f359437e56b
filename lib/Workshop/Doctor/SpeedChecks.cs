namespace Workshop.Doctor;

/// <summary>Whether this machine can decide what the notebooks claim about speed.</summary>
internal static class SpeedChecks
{
    /// <summary>What the lessons compare needs four at most.</summary>
    private const int WantedCores = 4;

    public static CheckResult Cores() => Machine.Cores switch
    {
        >= WantedCores and var cores => CheckResult.Fine($"{cores}"),
        1 => CheckResult.Warning("1", "Every notebook runs, but no claim about work on several cores can be decided. "
            + "Give the virtual machine, the container or this process more."),
        var cores => CheckResult.Warning($"{cores}", $"Every notebook runs, but claims that need {WantedCores} cannot be decided."),
    };

    /// <summary>The cores that bare loops get, of those that the system counts.</summary>
    public static CheckResult CoresGiven()
    {
        var cores = Machine.Cores;
        if (cores == 1) return CheckResult.Fine("one, with nothing to compare it with");
        var (runner, check) = (new WorkRunner(), new CoreCheck(cores, cores, cores));

        // Seven rounds are the fewest that give an interval; these take a quarter of a second.
        for (var round = 0; round < 9; round++) check.Add(check.Take(runner));
        return check.WereThere
            ? CheckResult.Fine(check.Description)
            : CheckResult.Warning(check.Description, "Claims about speed may stay undecided. End other programs, plug the power supply in; "
                + "a virtual machine may have to share its cores with others.");
    }

    /// <summary>What a sleep of a millisecond takes.</summary>
    public static CheckResult Timer()
    {
        double[] sleeps = [.. Enumerable.Range(0, 50).Select(_ => Sleep()).Order()];
        var median = sleeps[sleeps.Length / 2];
        var found = string.Create(CultureInfo.InvariantCulture, $"a sleep of 1 ms takes {median:0.0} ms, at most {sleeps[^1]:0.0} ms");

        // What Linux and macOS need is far below, what Windows may need is far above.
        return median <= 2.5
            ? CheckResult.Fine(found)
            : CheckResult.Warning(found, "Short waits take longer than the notebooks ask for, which on Windows is usual. "
                + "Elsewhere, end what keeps the machine busy.");

        static double Sleep()
        {
            var start = Stopwatch.GetTimestamp();
            Thread.Sleep(1);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }
}
