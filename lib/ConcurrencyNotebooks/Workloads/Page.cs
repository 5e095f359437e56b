using System.Net;

namespace ConcurrencyNotebooks;

/// <summary>
/// A page of the loopback site, taken apart: the job that runs through the notebooks is to fetch thirty of them, parse each, and count.
/// </summary>
/// <param name="Title">Its title.</param>
/// <param name="Words">The words of its paragraphs, in order.</param>
/// <param name="Links">The addresses to which it links, as they stand there.</param>
/// <example>
/// <code>
/// Page page = Page.Parse("&lt;title&gt;A page&lt;/title&gt; &lt;p&gt;one thread, one lock.&lt;/p&gt;");
/// Console.WriteLine($"{page.Title}: {Page.Count(page)}"); // A page: 1
/// </code>
/// </example>
public sealed record Page(string Title, string[] Words, string[] Links)
{
    /// <summary>Takes a page apart.</summary>
    /// <param name="html">The text of the page.</param>
    /// <remarks>
    /// Looking for tags is enough for the pages of this site. For HTML from elsewhere take a parser, such as AngleSharp. A
    /// <see cref="Regex"/> would be shorter, but threads that use the same one take turns at what it keeps between two matches.
    /// </remarks>
    public static Page Parse(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        return new(
            WebUtility.HtmlDecode(Between("<title>", "</title>", html).FirstOrDefault("")),
            [.. Between("<p>", "</p>", html).SelectMany(paragraph => WordsOf(WebUtility.HtmlDecode(paragraph)))],
            [.. Between("<a href=\"", "\">", html)]);
    }

    /// <summary>How often the word <c>thread</c> stands in the page.</summary>
    /// <param name="page">The page, parsed.</param>
    public static int Count(Page page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page.Words.Count(word => word == "thread");
    }

    private static IEnumerable<string> Between(string start, string end, string html)
    {
        for (var to = 0; html.IndexOf(start, to, StringComparison.Ordinal) is >= 0 and var found;)
        {
            var from = found + start.Length;
            to = html.IndexOf(end, from, StringComparison.Ordinal);
            if (to < 0) yield break;
            yield return html[from..to];
        }
    }

    private static List<string> WordsOf(string text)
    {
        var words = new List<string>();
        for (var end = 0; end < text.Length; end++)
        {
            var start = end;
            while (end < text.Length && char.IsLetterOrDigit(text[end])) end++;
            if (end > start) words.Add(text[start..end]);
        }

        return words;
    }
}
