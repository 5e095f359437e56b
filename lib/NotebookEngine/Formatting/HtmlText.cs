using System.Text;

namespace NotebookEngine;

/// <summary>The only way of a text into markup.</summary>
internal static class HtmlText
{
    /// <summary>A text as HTML, safe in elements and in quoted attributes; what HTML cannot hold becomes U+FFFD.</summary>
    public static string Escape(string text)
    {
        var html = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&': html.Append("&amp;"); break;
                case '<': html.Append("&lt;"); break;
                case '>': html.Append("&gt;"); break;
                case '"': html.Append("&quot;"); break;
                case '\'': html.Append("&#39;"); break;
                case < ' ' and not ('\n' or '\r' or '\t'): html.Append('\uFFFD'); break;
                default: html.Append(rune.ToString()); break;
            }
        }

        return html.ToString();
    }

    /// <summary>A text whose lines and spaces stay as they are.</summary>
    public static string Preformatted(string text) => $"<pre style=\"white-space:pre-wrap\">{Escape(text)}</pre>";
}
