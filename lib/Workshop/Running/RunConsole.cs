using System.Text;
using System.Text.RegularExpressions;

namespace Workshop.Running;

/// <summary>
/// Whole lines, and below them on a terminal one line that moves. Only the terminal breaks lines, since no table of widths is
/// true for every terminal and every character; the moving line is cut where it surely fits.
/// </summary>
/// <param name="writer">Where the lines go.</param>
/// <param name="isLive">Whether that is a terminal with colours and a cursor that moves.</param>
/// <param name="width">The terminal's width at the moment, in columns.</param>
internal sealed partial class RunConsole(TextWriter writer, bool isLive, Func<int> width)
{
    /// <summary>Codes for <see cref="Paint"/>.</summary>
    public const string Bold = "1", Red = "31", Green = "32", Yellow = "33", Grey = "90";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Func<string>? _status;

    /// <summary>Whether there is a moving line, and colours.</summary>
    public bool IsLive => isLive;

    /// <summary>A text in a colour, where there are colours.</summary>
    public string Paint(string code, string text) => isLive ? $"\u001b[{code}m{text}\u001b[0m" : text;

    /// <summary>Writes a line, or several that nothing comes between.</summary>
    public void WriteLine(string text = "")
    {
        lock (_gate)
        {
            if (_status is not null) writer.Write("\r\u001b[2K");
            writer.Write(text + "\n");
            Draw();
        }
    }

    /// <summary>Does the work; meanwhile the moving line says once a second, and whenever something happens, how it goes.</summary>
    public async Task WatchAsync(Func<string> status, Func<Task> work)
    {
        await using var clock = new Timer(_ => Refresh(), null, Second, Second);
        if (isLive) _status = status;
        try
        {
            await work();
        }
        finally
        {
            _status = isLive ? () => "" : null;
            Refresh();
            _status = null;
        }
    }

    /// <summary>Draws the moving line as it is now.</summary>
    public void Refresh()
    {
        lock (_gate) Draw();
    }

    /// <summary>A text without what would move the cursor or change the colours: names and messages are other people's.</summary>
    public static string Printable(string text) => Controls().Replace(text, "");

    // Twice as wide as ASCII is the widest that a character is anywhere; many are narrower, and some have no width at all.
    private static string Fit(string text, int columns)
    {
        var fitting = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            columns -= rune.IsAscii ? 1 : 2;
            if (columns < 0) break;
            fitting.Append(rune);
        }

        return fitting.ToString();
    }

    // Called with the lock held. A line as wide as the terminal would move the cursor to the next one.
    private void Draw()
    {
        if (_status is not null) writer.Write("\r\u001b[2K" + Fit(_status().ReplaceLineEndings(" "), width() - 1));
        writer.Flush();
    }

    [GeneratedRegex(@"\x1b\[[0-?]*[ -/]*[@-~]|[\p{Cc}-[\n\t]]")]
    private static partial Regex Controls();
}
