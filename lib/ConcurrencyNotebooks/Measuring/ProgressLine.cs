namespace ConcurrencyNotebooks;

/// <summary>A line on the console that is written over while something long is measured, and erased when that ends.</summary>
/// <remarks>Carriage returns are all it needs, so it works wherever a notebook shows the text that a cell writes.</remarks>
internal sealed class ProgressLine(TextWriter console, TimeProvider time) : IDisposable
{
    // What is over sooner needs no progress; more often, the texts would be in the way where a front end stacks them.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1.5);

    private long _shown = time.GetTimestamp();
    private int _width;

    /// <summary>A line on the console of the cell; none in a quick run, whose outputs are compared with saved ones.</summary>
    public ProgressLine()
        : this(QuickRun.IsAskedFor ? TextWriter.Null : Console.Out, TimeProvider.System)
    {
    }

    /// <summary>Shows a text, unless the last one, or the start, is less than one and a half seconds ago.</summary>
    public void Show(Func<string> text)
    {
        if (time.GetElapsedTime(_shown) < Pause) return;
        var line = text();
        console.Write('\r' + line.PadRight(_width));
        _width = line.Length;
        _shown = time.GetTimestamp();
    }

    public void Dispose()
    {
        if (_width > 0) console.Write('\r' + new string(' ', _width) + '\r');
        _width = 0;
    }
}
