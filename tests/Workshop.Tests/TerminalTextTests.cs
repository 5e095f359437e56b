using System.Text;
using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Workshop.Handouts;
using Workshop.Lessons;

namespace Workshop.Tests;

/// <summary>What programs write for a terminal, as a page shows it.</summary>
public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("0%\r50%\r100%\n", "100%\n")]
    [InlineData("[#    ]\r[##   ]\r[#####]", "[#####]")]
    [InlineData("long line\rshort", "shortline")]
    [InlineData("long line\r\u001b[Kshort", "short")]
    [InlineData("one\r\ntwo\r\n", "one\ntwo\n")]
    [InlineData("abc\b\bX", "aXc")]
    [InlineData("a\b\b\bX", "X")]
    [InlineData("one\ntwo\u001b[1A\r!", "!ne\ntwo")]
    [InlineData("1\n2\n3\u001b[2A\u001b[1Gx\u001b[J", "x")]
    [InlineData("gone\u001b[2J\u001b[Hnew", "new")]
    [InlineData("a\u001b[3Cb", "a   b")]
    [InlineData("a\u001b[999999999Cb\u001b[1G", null)]
    [InlineData("\u001b[5;5Hx", "    x")]
    [InlineData("abc\u001b[1Kd", "   d")]
    [InlineData("a\u001b7b\u001b8c", "abc")]
    [InlineData("\u001b(Bx \u001b[38:2::255:0:0mcolon\u001b[0m \u001b[>4;2mend", "x colon end")]
    [InlineData("\u001b[?25lhidden cursor\u001b[?25h", "hidden cursor")]
    [InlineData("\u001b]8;;https://example.org\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001b]0;never ends\nnext", "\nnext")]
    [InlineData("\u001bPdevice\u001b\\x\u001b^y\u001b\\z", "xz")]
    [InlineData("bell\u0007 nul\0 vt\v ff\f del\u007f c1\u0085", "bell nul vt ff del c1")]
    [InlineData("half\u001b", "half")]
    [InlineData("half\u001b[", "half[")]
    [InlineData("😀\r日", "日")]
    [InlineData("日本\rab", "ab本")]
    [InlineData("日本\ra", "a 本")]
    [InlineData("日本\b\bx", "日x ")]
    [InlineData("日本\bx", "日 x")]
    [InlineData("日本\u001b[3D|", " |本")]
    [InlineData("日本語\u001b[4G\u001b[K.", "日 .")]
    [InlineData("日本語\u001b[3G\u001b[1K", "    語")]
    [InlineData("e\u0301x\ra", "ax")]
    [InlineData("ex\b\be\u0301", "e\u0301x")]
    [InlineData("日\u3099本\u001b[1G12", "12本")]
    [InlineData("\u0301x\ry", "yx")]
    [InlineData("100 %\u001b[2K\r", "")]
    public void The_last_state_is_shown(string text, string? shown)
    {
        var seen = Seen(AnsiText.ToHtml(text));

        if (shown is null) seen.Length.Should().BeLessThan(2000);
        else seen.Should().Be(shown);
    }

    [Theory]
    [InlineData("\u001b[31mx", "color:var(--ansi-1)")]
    [InlineData("\u001b[91mx", "color:var(--ansi-9)")]
    [InlineData("\u001b[42mx", "background:var(--ansi-2)")]
    [InlineData("\u001b[1;4;32mx", "font-weight:700;text-decoration:underline;color:var(--ansi-2)")]
    [InlineData("\u001b[38;5;9mx", "color:var(--ansi-9)")]
    [InlineData("\u001b[38;5;196mx", "color:rgb(255,0,0)")]
    [InlineData("\u001b[38;5;244mx", "color:rgb(128,128,128)")]
    [InlineData("\u001b[48;5;21mx", "background:rgb(0,0,255)")]
    [InlineData("\u001b[38;2;1;2;3mx", "color:rgb(1,2,3)")]
    [InlineData("\u001b[38:2:1:2:3mx", "color:rgb(1,2,3)")]
    [InlineData("\u001b[38:2::1:2:3mx", "color:rgb(1,2,3)")]
    [InlineData("\u001b[38;2;1;2;3;1mx", "font-weight:700;color:rgb(1,2,3)")]
    [InlineData("\u001b[38;5;196;48;5;21mx", "color:rgb(255,0,0);background:rgb(0,0,255)")]
    [InlineData("\u001b[31;7mx", "color:var(--paper);background:var(--ansi-1)")]
    [InlineData("\u001b[1m\u001b[22mx", "")]
    [InlineData("\u001b[31m\u001b[39mx", "")]
    [InlineData("\u001b[31;1;44m\u001b[mx", "")]
    [InlineData("\u001b[38;5mx", "color:var(--ansi-0)")]
    [InlineData("\u001b[999;31mx", "color:var(--ansi-1)")]
    public void Colours_of_all_forms_are_shown(string text, string css) =>
        AnsiText.ToHtml(text).Should().Be(css.Length == 0 ? "x" : $"<span style=\"{css}\">x</span>");

    [Property(MaxTest = 2000)]
    public Property Any_text_becomes_text_without_controls() => Prop.ForAll(Texts(), text =>
    {
        var html = AnsiText.ToHtml(text);
        var document = new HtmlParser().ParseDocument("<body><pre id=p>\n" + html + "</pre>after");

        document.Body!.Children.Should().ContainSingle();
        document.Body.TextContent.Should().EndWith("after");
        document.QuerySelectorAll("#p *").Should().NotContain(element => element.LocalName != "span");
        Seen(html).EnumerateRunes().Should().NotContain(rune => Rune.IsControl(rune) && rune.Value != '\n' && rune.Value != '\t');
    });

    [Theory]
    [InlineData("no progress\r\n\u001b[31mred\u001b[0m\n", "no progress\r\n\u001b[31mred\u001b[0m\n")]
    [InlineData("a\n\rround 1\rround 2 …\nb\n", "a\nround 2 …\nb\n")]
    [InlineData("\rround 12 …\r\u001b[K", "")]
    [InlineData("\rround 12 …\r           \r", "")]
    [InlineData("\r1 %\r\u001b[2K\n", "")]
    [InlineData("\r1 %\r\u001b[Kdone\n", "done\n")]
    [InlineData("\r\u001b[1;32;48;5;7m1 %\r2\u001b[0m %", "\u001b[1;32;48;5;7m2\u001b[0m %")]
    public void What_is_saved_of_a_text_is_its_last_state(string text, string saved) => TerminalScreen.Settle(text).Should().Be(saved);

    [Theory]
    [InlineData("\u001b[1J\n", 200_000)]
    [InlineData("\u0301", 1_000_000)]
    public Task A_flood_that_asks_for_much_is_settled_before_anybody_thinks_that_it_hangs(string piece, int times) =>
        Task.Run(() => TerminalScreen.Settle("\re" + string.Concat(Enumerable.Repeat(piece, times)))).WaitAsync(TimeSpan.FromMinutes(1));

    [Property(MaxTest = 500)]
    public Property What_is_saved_looks_like_the_text() => Prop.ForAll(
        Texts(), text => Trimmed(AnsiText.ToHtml(TerminalScreen.Settle(text))) == Trimmed(AnsiText.ToHtml(text)));

    [Property(MaxTest = 500)]
    public Property Text_without_controls_stays_as_it_is() => Prop.ForAll(
        ArbMap.Default.ArbFor<NonNull<string>>()
            .Generator.Select(text => string.Concat(text.Get.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)))).ToArbitrary(),
        text => Seen(AnsiText.ToHtml(text)) == text && Seen(AnsiText.ToHtml("\u001b[1m" + text)) == text);

    private static string Trimmed(string html)
    {
        var seen = string.Join('\n', Seen(html).Split('\n').Select(line => line.TrimEnd(' ')));
        return string.IsNullOrWhiteSpace(seen) ? "" : seen;
    }

    private static string Seen(string html) => new HtmlParser().ParseDocument("<body><pre>\n" + html).Body!.TextContent;

    // Pieces of sequences, so that most of what is made nearly is one.
    private static Arbitrary<string> Texts() => Gen.Elements(
            "a", "<b>", "&amp;", "\n", "\r", "\b", "\t", "\0", "\u001b", "\u001b[", "\u009b", "31", "38;5;", "38:2:", ";", ":", "?", "m",
                "K", "J", "A", "C", "H",
            "99999", "2", "\u001b]0;", "\u0007", "\u001b\\", "\u001b(B", "😀", "日", "\ud800", "e\u0301", " ")
        .ListOf().Select(string.Concat).ToArbitrary();
}
