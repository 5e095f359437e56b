namespace ConcurrencyNotebooks;

/// <summary>The places at which an interpreter that counts looks whether it is to hand over its lock.</summary>
/// <example>
/// <code>
/// Counters.UnderInterpreterLock(2, 10_000_000, new InterpreterLock(), CheckpointPlacement.AtFunctionEntry).Lost
/// </code>
/// </example>
public enum CheckpointPlacement
{
    /// <summary>When the loop jumps back: <c>counter += 1</c> since CPython 3.10. No checkpoint falls inside the statement.</summary>
    AtLoopEnd,

    /// <summary>
    /// Also on entering a function: <c>counter = add_one(counter)</c>, in every version. The entry lies between reading and writing.
    /// </summary>
    AtFunctionEntry,
}
