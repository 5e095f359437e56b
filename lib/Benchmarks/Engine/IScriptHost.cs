namespace Benchmarks.Engine;

/// <summary>A process that runs cells, seen from outside; both are timed from here, the way through the pipes included.</summary>
internal interface IScriptHost : IAsyncDisposable
{
    /// <summary>Runs a cell and checks the value that it shows.</summary>
    Task RunAsync(string cell, string expected);
}
