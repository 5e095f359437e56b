namespace NotebookEngine;

/// <summary>Something about a notebook that is not as it should be.</summary>
/// <param name="Message">What, and what it should be.</param>
/// <param name="Line">The line in the notebook's JSON, counted from 1.</param>
/// <param name="CellId">The cell, where the problem is in one that has an id.</param>
public sealed record NotebookProblem(string Message, int? Line = null, string? CellId = null)
{
    /// <summary>The problem with its place.</summary>
    public override string ToString()
    {
        var place = string.Join(", ", new[] { Line is null ? null : $"line {Line}", CellId is null ? null : $"cell '{CellId}'" }.OfType<string>());
        return place.Length == 0 ? Message : $"{char.ToUpperInvariant(place[0])}{place[1..]}: {Message}";
    }
}
