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
public sealed partial record Page(string Title, string[] Words, string[] Links)
{
    /// <summary>Takes a page apart.</summary>
    /// <param name="html">The text of the page.</param>
    /// <remarks>Patterns are enough for the pages of this site. For HTML from elsewhere take a parser, such as AngleSharp.</remarks>
    public static Page Parse(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var words = Paragraph().Matches(html).SelectMany(paragraph => Word().Matches(WebUtility.HtmlDecode(paragraph.Groups[1].Value)));
        return new(
            WebUtility.HtmlDecode(TitleElement().Match(html).Groups[1].Value),
            [.. words.Select(word => word.Value)],
            [.. Link().Matches(html).Select(link => link.Groups[1].Value)]);
    }

    /// <summary>How often the word <c>thread</c> stands in the page.</summary>
    /// <param name="page">The page, parsed.</param>
    public static int Count(Page page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return page.Words.Count(word => word == "thread");
    }

    [GeneratedRegex("<title>(.*?)</title>", RegexOptions.Singleline)]
    private static partial Regex TitleElement();

    [GeneratedRegex("<p>(.*?)</p>", RegexOptions.Singleline)]
    private static partial Regex Paragraph();

    [GeneratedRegex("""<a href="([^"]+)">""")]
    private static partial Regex Link();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
