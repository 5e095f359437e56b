namespace Workshop.Checking;

/// <summary>How bad a finding is.</summary>
internal enum Severity
{
    /// <summary>The notebook breaks somewhere, or says what is not so.</summary>
    Error,

    /// <summary>It could be better, or the check may be mistaken.</summary>
    Warning,
}
