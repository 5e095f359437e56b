using System.Reflection;
using System.Runtime;

namespace NotebookEngine;

/// <summary>
/// Starts compiled cells and keeps the objects that hold their variables. The synchronous part of a cell runs on the
/// calling thread and can be aborted there, endless loops included; what it awaits can only be abandoned.
/// </summary>
internal sealed class CellRunner(ScriptLoadContext loader)
{
    // The first place is for a host object, which notebooks do not have; then one place for each cell that has code.
    private object?[] _submissions = new object?[64];
    private int _used = 1;

    /// <summary>Loads a cell, outside of what can be aborted: a half-loaded assembly would hurt the cells to come.</summary>
    public Func<object?[], Task<object?>> Load(CellCompilation cell, CancellationToken cancellationToken)
    {
        var entryPoint = cell.Compilation.GetEntryPoint(cancellationToken)
            ?? throw new InvalidOperationException("The compiler gave a cell no entry point.");
        return loader.LoadCell(cell.Image, cell.Symbols)
            .GetType(entryPoint.ContainingType.MetadataName, throwOnError: true)!
            .GetMethod(entryPoint.MetadataName, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!
            .CreateDelegate<Func<object?[], Task<object?>>>();
    }

    /// <summary>Runs a cell up to its first await that has to wait.</summary>
    /// <param name="start">What <see cref="Load"/> gave.</param>
    /// <param name="hasVariables">
    /// Whether the cell got as far as having variables, so that later cells can be compiled on top of it.
    /// </param>
    /// <param name="cancellationToken">Aborts the cell.</param>
    /// <exception cref="OperationCanceledException">The cell was aborted.</exception>
    public Task<object?> Start(
        Func<object?[], Task<object?>> start, out bool hasVariables, CancellationToken cancellationToken)
    {
        if (_used == _submissions.Length) Array.Resize(ref _submissions, _used * 2);
        try
        {
            return RunAbortable(() => start(_submissions), cancellationToken);
        }
        finally
        {
            hasVariables = _submissions[_used] is not null;
            if (hasVariables) _used++;
        }
    }

    /// <summary>Calls something on this thread in a way that a cancellation can abort at any instruction.</summary>
    /// <param name="call">What to call.</param>
    /// <param name="cancellationToken">One that can be cancelled: with any other, the run time would wait for ever.</param>
    /// <exception cref="OperationCanceledException">The call was aborted.</exception>
    public static T RunAbortable<T>(Func<T> call, CancellationToken cancellationToken)
    {
        T? result = default;
#pragma warning disable SYSLIB0046 // Nothing else ends a loop in managed code, and a cell is code that its author expects to be able to stop.
        ControlledExecution.Run(() => result = call(), cancellationToken);
#pragma warning restore SYSLIB0046
        return result!;
    }
}
