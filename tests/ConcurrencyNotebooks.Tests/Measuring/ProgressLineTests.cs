namespace ConcurrencyNotebooks.Tests;

public sealed class ProgressLineTests : IDisposable
{
    private readonly StringWriter _console = new();
    private readonly Clock _clock = new();

    [Fact]
    public void A_short_measurement_shows_nothing()
    {
        using (var line = new ProgressLine(_console, _clock))
        {
            _clock.Now += TimeSpan.FromSeconds(1.4);
            line.Show(() => "round 7");
        }

        _console.ToString().Should().BeEmpty();
    }

    [Fact]
    public void A_shorter_text_covers_the_longer_one_before_it()
    {
        using var line = new ProgressLine(_console, _clock);
        ShowAfterTwoSeconds(line, "round 19, half done");
        ShowAfterTwoSeconds(line, "round 20");

        _console.ToString().Should().Be("\rround 19, half done\rround 20           ");
    }

    [Fact]
    public void A_text_too_soon_after_the_last_one_is_not_even_made()
    {
        using var line = new ProgressLine(_console, _clock);
        ShowAfterTwoSeconds(line, "round 7");

        line.Show(() => throw new InvalidOperationException("too early"));

        _console.ToString().Should().Be("\rround 7");
    }

    [Fact]
    public void The_end_erases_the_line()
    {
        var line = new ProgressLine(_console, _clock);
        ShowAfterTwoSeconds(line, "round 7");
        line.Dispose();
        line.Dispose();

        _console.ToString().Should().Be("\rround 7\r       \r");
    }

    public void Dispose() => _console.Dispose();

    private void ShowAfterTwoSeconds(ProgressLine line, string text)
    {
        _clock.Now += TimeSpan.FromSeconds(2);
        line.Show(() => text);
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
