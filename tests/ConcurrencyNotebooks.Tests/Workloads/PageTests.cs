namespace ConcurrencyNotebooks.Tests.Workloads;

public sealed class PageTests
{
    [Fact]
    public void A_page_is_taken_apart_into_title_words_and_links()
    {
        var page = Page.Parse(
            """
            <!doctype html>
            <title>Page 1: a &amp; b</title>
            <p>one thread, one lock.</p>
            <p>a thread</p>
            <a href="/pages/2">Page 2</a>
            """);

        page.Title.Should().Be("Page 1: a & b");
        page.Words.Should().Equal("one", "thread", "one", "lock", "a", "thread");
        page.Links.Should().Equal("/pages/2");
        Page.Count(page).Should().Be(2);
    }

    [Fact]
    public void Text_without_elements_is_an_empty_page() =>
        Page.Parse("nothing").Should().BeEquivalentTo(new Page("", [], []));

    [Fact]
    public void Pixels_become_brighter_up_to_white() => Pixels.Brighten([0, 100, 250]).Should().Equal(20, 120, 255);
}
