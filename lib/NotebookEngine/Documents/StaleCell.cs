namespace NotebookEngine;

/// <summary>A cell whose saved outputs are not those of the present code.</summary>
public sealed record StaleCell(NotebookCell Cell, StaleReason Reason)
{
    /// <summary>The reason in words, with the cell's id and line.</summary>
    public override string ToString()
    {
        var place = Cell.Line is { } line ? $" (line {line})" : "";
        var reason = Reason switch
        {
            StaleReason.NotStamped => "nothing says which code its outputs belong to",
            StaleReason.NotRun => "it was not run, or its outputs were cleared",
            StaleReason.CodeChanged => "its code changed after its outputs were saved",
            _ => "the code of a cell above it changed after its outputs were saved",
        };
        return $"Cell '{Cell.Id}'{place}: {reason}.";
    }
}
