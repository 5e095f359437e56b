using CliWrap;
using OwnedProcesses;

namespace ConcurrencyNotebooks;

/// <summary>The compiled programs that belong to this library, and the `dotnet` that runs them.</summary>
internal static class CompanionProgram
{
    /// <summary>Input that stays open: a companion ends when its input does, so that it does not outlive this process.</summary>
    public static PipeSource OpenUntil(Task end) => PipeSource.Create((_, cancellationToken) => end.WaitAsync(cancellationToken));

    /// <summary>How to run a program that <see cref="RepositoryFile.Find"/> found; no exit code of it is an exception.</summary>
    public static Command Command(string assembly, params IEnumerable<string> arguments) =>
        Cli.Wrap(DotNetProgram.Path).WithArguments([assembly, .. arguments]).WithValidation(CommandResultValidation.None);
}
