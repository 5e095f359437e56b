namespace Workshop.Checking;

/// <summary>Something that is wrong with a notebook.</summary>
/// <param name="Rule">The rule's name, such as <c>magic</c>.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Cell">The cell's index in the notebook, from 0; null when it is about the whole.</param>
/// <param name="Line">The line in the cell, from 1, where one can be named.</param>
/// <param name="IsWarning">Whether the notebook could be better, rather than breaks somewhere or says what is not so.</param>
internal sealed record Finding(string Rule, string Message, int? Cell = null, int? Line = null, bool IsWarning = false)
{
    /// <summary>The cell's id.</summary>
    public string? CellId { get; init; }

    /// <summary>The line in the file, from 1.</summary>
    public int? FileLine { get; init; }
}
