namespace Workshop.Tests;

/// <summary>Tests that change what the whole process shares (console, folder, environment), so that nothing runs beside them.</summary>
[CollectionDefinition(nameof(SharedProcess), DisableParallelization = true)]
public static class SharedProcess;
