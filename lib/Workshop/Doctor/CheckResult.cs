namespace Workshop.Doctor;

/// <summary>What a check of the machine found, in a few words, and in whole sentences what to do about it, if anything.</summary>
internal sealed record CheckResult(CheckState State, string Found, string Advice = "")
{
    /// <summary>What was looked at.</summary>
    public string Name { get; init; } = "";

    /// <summary>All of it on one line.</summary>
    public override string ToString()
    {
        var found = Advice.Length > 0 ? $"{Found.TrimEnd('.')}. {Advice}" : Found;
        return $"{Name,-15} {found.ReplaceLineEndings(" ")}";
    }

    public static CheckResult Fine(string found) => new(CheckState.Fine, found);

    public static CheckResult Warning(string found, string advice) => new(CheckState.Warning, found, advice);

    public static CheckResult Mend(string found, string advice) => new(CheckState.Mend, found, advice);

    /// <summary>Of an amount: with enough all is fine, with less than the least a notebook fails.</summary>
    public static CheckResult Judge(string found, double amount, double enough, double least, string advice) =>
        amount >= enough ? Fine(found) : amount >= least ? Warning(found, advice) : Mend(found, advice);
}

/// <summary>What a check of the machine says.</summary>
internal enum CheckState
{
    Fine,

    /// <summary>The notebooks run, but less can be shown, or less can be decided.</summary>
    Warning,

    /// <summary>Some notebook fails as the machine is now.</summary>
    Mend,
}
