namespace ConcurrencyNotebooks.Tests;

public sealed class TextLayoutTests
{
    [Fact]
    public void Japanese_is_as_wide_as_it_is_high_and_takes_two_columns()
    {
        TextLayout.Width("日本語", 10).Should().BeApproximately(30, 1);
        TextLayout.Columns("日本語ab").Should().Be(8);
        TextLayout.Columns("e\u0301").Should().Be(1, "a combining accent takes no room");
    }

    [Fact]
    public void Text_that_is_too_wide_ends_in_an_ellipsis_and_then_fits()
    {
        foreach (var text in new[] { "a rather long name of a bar", "スレッドプールによる並行処理", "👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻" })
        {
            var cut = TextLayout.Fit(text, 100, 14);

            cut.Should().EndWith("…");
            TextLayout.Width(cut, 14).Should().BeLessThanOrEqualTo(100);
        }

        TextLayout.Fit("short", 100, 14).Should().Be("short");
    }

    [Fact]
    public void What_reads_as_one_character_is_not_cut_in_two()
    {
        var family = "👩‍👩‍👧‍👦";

        TextLayout.Fit(string.Concat(Enumerable.Repeat(family, 5)), 150, 14).Replace(family, "", StringComparison.Ordinal).Should().Be("…");
    }

    [Theory]
    [InlineData("the quick brown fox jumps", new[] { "the quick", "brown fox", "jumps" })]
    [InlineData("Supercalifragilistic", new[] { "Supercalifr", "agilistic" })]
    [InlineData("日本語の長い説明文", new[] { "日本語の長", "い説明文" })]
    [InlineData("", new string[0])]
    [InlineData("two\nlines", new[] { "two lines" })]
    public void Lines_break_at_spaces_or_else_anywhere(string text, string[] expected)
    {
        TextLayout.Wrap(text, 80, 14).Should().Equal(expected);
    }

    [Fact]
    public void A_table_is_aligned_by_columns_and_not_by_characters()
    {
        var table = new ResultTable("名前", "time").Add("スレッド", "1 s").Add("a\nb", "10 ms");

        table.ToString().Should().Be("名前       time\nスレッド    1 s\na b       10 ms");
    }
}
