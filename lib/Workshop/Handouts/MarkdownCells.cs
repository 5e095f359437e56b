using System.Text.Json.Nodes;
using Workshop.Lessons;

namespace Workshop.Handouts;

/// <summary>Renders the Markdown of a notebook into its page.</summary>
internal sealed class MarkdownCells(NotebookHtml gate)
{
    /// <summary>Renders one cell.</summary>
    /// <param name="markdown">The cell's text.</param>
    /// <param name="attachments">The pictures that the cell carries along.</param>
    public string ToHtml(string markdown, JsonObject? attachments = null)
    {
        try
        {
            return gate.OfMarkdown(JupyterMarkdown.ToHtml(markdown), attachments);
        }
        catch (ArgumentException)
        {
            // So says the parser of a quotation in 128 others.
            return $"<pre tabindex=\"0\">{Html.Text(markdown)}</pre>\n";
        }
    }
}
