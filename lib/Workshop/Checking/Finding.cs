using Microsoft.CodeAnalysis;

namespace Workshop.Checking;

/// <summary>
/// Something that is wrong with a notebook, or with a cell, counted from 0, and in it with a line, counted from 1. After a warning
/// the notebook could be better; otherwise it breaks somewhere, or says what is not so.
/// </summary>
internal sealed record Finding(string Rule, string Message, int? Cell = null, int? Line = null, bool IsWarning = false)
{
    public string? CellId { get; init; }
    public int? FileLine { get; init; }

    public Finding At(SyntaxNode code) => this with { Line = code.GetLocation().GetLineSpan().StartLinePosition.Line + 1 };
}
