using System.Text.Json;
using Microsoft.Playwright;

namespace ConcurrencyNotebooks.Tests;

/// <summary>Opens every picture of the gallery in a browser, which knows how wide text really is and which colours win.</summary>
public sealed class BrowserTests
{
    // Text and its ground are compared by the formula of WCAG 2, section 1.4.3.
    private const string Examine =
        """
        () => {
          const problems = [];
          const rgb = text => (text.match(/[\d.]+/g) ?? [0, 0, 0]).map(Number);
          const blend = (over, under, share) => over.map((value, i) => value * share + under[i] * (1 - share));
          const luminance = colour => {
            const [r, g, b] = colour.map(value => value / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const contrast = (a, b) => {
            const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
            return (high + 0.05) / (low + 0.05);
          };
          // White text stands on any opaque fill of its picture; other text on the panel or on any pale fill.
          const groundsOf = (svg, text, panel) => {
            const fills = [...svg.querySelectorAll('pattern rect')].map(rect => getComputedStyle(rect));
            const opaque = fills.filter(style => style.fillOpacity === '1').map(style => rgb(style.fill).slice(0, 3));
            const isAxis = text.classList.contains('u');
            const cells = isAxis ? [] : [...svg.querySelectorAll('path[fill-opacity]')].map(path => getComputedStyle(path));
            const pale = [...fills.filter(style => style.fillOpacity !== '1'), ...cells]
              .map(style => blend(rgb(style.fill).slice(0, 3), panel, Number(style.fillOpacity)));
            return text.style.fill ? opaque : [panel, ...pale];
          };
          for (const svg of document.querySelectorAll('svg')) {
            const name = svg.closest('section').id;
            const frame = svg.getBoundingClientRect();
            if (frame.right > innerWidth + 0.5) problems.push(`${name}: wider than the page`);
            const panel = rgb(getComputedStyle(svg.querySelector('.b')).fill).slice(0, 3);
            const texts = [...svg.querySelectorAll('text')]
              .map(element => ({ element, box: element.getBoundingClientRect(), words: element.textContent }));
            for (const element of svg.querySelectorAll('path, text')) {
              if (element.closest('pattern')) continue;
              const box = element.getBoundingClientRect();
              if (box.left < frame.left - 0.5 || box.right > frame.right + 0.5
                || box.top < frame.top - 0.5 || box.bottom > frame.bottom + 0.5)
                problems.push(`${name}: sticks out: ${element.textContent}`);
            }
            for (const { element, words } of texts) {
              const size = parseFloat(getComputedStyle(element).fontSize) * frame.width / svg.viewBox.baseVal.width;
              if (size < 9) problems.push(`${name}: ${size.toFixed(1)} pixels high: ${words}`);
              const { fill, opacity } = getComputedStyle(element);
              const ink = ground => blend(rgb(fill).slice(0, 3), ground, Number(opacity));
              const ratio = Math.min(...groundsOf(svg, element, panel).map(ground => contrast(ink(ground), ground)));
              if (ratio < 4.5) problems.push(`${name}: contrast ${ratio.toFixed(2)}: ${words}`);
            }
            texts.forEach((a, i) => texts.slice(i + 1).forEach(b => {
              const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
              // A line box is higher than its letters; lines may touch by a fifth of it.
              const height = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
              if (width > 0.5 && height > 0.2 * Math.min(a.box.height, b.box.height))
                problems.push(`${name}: overlap: ${a.words} | ${b.words}`);
            }));
          }
          for (const claim of document.querySelectorAll('.cn-claim')) {
            const style = getComputedStyle(claim);
            if (rgb(style.backgroundColor)[3] !== 0 || style.color !== getComputedStyle(document.body).color)
              problems.push('claim: not the page\'s colours');
          }
          return { pictures: document.querySelectorAll('svg').length, texts: document.querySelectorAll('svg text').length, problems };
        }
        """;

    [Theory]
    [InlineData(400, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    [InlineData(1200, ColorScheme.Light)]
    [InlineData(1200, ColorScheme.Dark)]
    public async Task No_label_overlaps_sticks_out_or_fades_into_its_ground(int width, ColorScheme scheme)
    {
        await using var browser = await TestBrowser.StartAsync();
        var page = await browser.OpenAsync(Page(Gallery.Pictures), width, scheme);

        var found = await page.EvaluateAsync<JsonElement>(Examine);

        found.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()).Should().BeEmpty();
        found.GetProperty("pictures").GetInt32().Should().Be(Gallery.Pictures.Count);
        found.GetProperty("texts").GetInt32().Should().BeGreaterThan(200, "an empty page has no problems either");
    }

    [Fact]
    public async Task The_examination_sees_what_it_looks_for()
    {
        await using var browser = await TestBrowser.StartAsync();
        var broken = new Dictionary<string, string>
        {
            ["overlapping"] = Text(20, "one label") + Text(25, "another label"),
            ["outside"] = Text(95, "too far to the right"),
            ["faint"] = Text(20, "faint", "#eee"),
        };
        var page = await browser.OpenAsync(
            string.Concat(broken.Select(picture =>
                $"""
                 <section id="{picture.Key}"><svg viewBox="0 0 100 40" width="300" overflow="visible">
                 <rect class="b" width="100" height="40" fill="#fff"/>{picture.Value}</svg></section>
                 """)),
            400, ColorScheme.Light);

        var found = await page.EvaluateAsync<JsonElement>(Examine);

        found.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()).Should()
            .Contain(problem => problem!.StartsWith("overlapping: overlap: one label | another label"))
            .And.Contain(problem => problem!.StartsWith("outside: sticks out: too far"))
            .And.Contain(problem => problem!.StartsWith("faint: contrast 1."));

        static string Text(int x, string words, string fill = "#000") =>
            $"""<text x="{x}" y="20" font-size="10" fill="{fill}">{words}</text>""";
    }

    private static string Page(Dictionary<string, Func<Picture>> pictures)
    {
        var claims = Claims.All(
            Claims.Exactly("it holds", 1, 1), Claims.Exactly("it fails", 1, 2), Claims.Happens("it is not decided", [false]));
        return claims.ToHtml() + "<style>svg{max-width:100%;height:auto}</style>" + string.Concat(pictures.Select(picture =>
            $"""<section id="{picture.Key}">{picture.Value().ToSvg()}{picture.Value().ToTableHtml()}</section>"""));
    }
}
