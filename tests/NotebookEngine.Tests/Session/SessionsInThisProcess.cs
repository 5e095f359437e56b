namespace NotebookEngine.Tests.Session;

/// <summary>A session takes the process's console over, so these tests run one after the other and beside no others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SessionsInThisProcess
{
    public const string Name = "sessions in this process";
}
