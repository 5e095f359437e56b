using NotebookEngine;
using Workshop.Commands;

namespace Workshop.Handouts;

/// <summary>The coloured code of a whole notebook, made while something else takes its time.</summary>
internal static class CodeColours
{
    /// <summary>Colours the code cells, in order, on another thread.</summary>
    public static Task<IReadOnlyList<string>> ColourAsync(
        NotebookFile file, NotebookDocument document, CancellationToken cancellationToken = default)
    {
        var sources = document.Cells.Where(cell => cell.Kind == CellKind.Code).Select(cell => cell.Source).ToList();
        return Task.Run(() => CodeHighlighter.ToHtmlAsync(sources, file.Directory, cancellationToken), cancellationToken);
    }
}
