using Spectre.Console;

namespace Workshop.Running;

/// <summary>
/// Whole lines, and below them on a terminal one line that moves. Only the terminal breaks lines, since no table of widths is
/// true for every terminal and every character; the moving line is cut where it surely fits.
/// </summary>
internal sealed partial class RunConsole(TextWriter writer, bool isLive, Func<int> width)
{
    /// <summary>Codes for <see cref="Paint"/>.</summary>
    public const string Bold = "1", Red = "31", Green = "32", Yellow = "33", Grey = "90";

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Func<string>? _status;

    // On Windows the console starts in the code page of the country, which has no check mark.
    static RunConsole()
    {
        if (Console.OutputEncoding.CodePage == Encoding.UTF8.CodePage) return;
        try
        {
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }
        catch (IOException)
        {
            // No console to set: the output goes to a file, and marks may be lost.
        }
    }

    /// <summary>Whether there is a moving line, and colours.</summary>
    public bool IsLive => isLive;

    /// <summary>The program's own console: live where a person sits at a terminal that can move its cursor.</summary>
    public static RunConsole OfProgram()
    {
        var terminal = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Out) }).Profile;
        var isPlain = Console.IsOutputRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new RunConsole(Console.Out, !isPlain && terminal.Capabilities.Ansi, () => terminal.Width);
    }

    /// <summary>Says what is wrong with the command or its input.</summary>
    public static void Complain(string message)
    {
        try
        {
            Console.Error.WriteLine(Printable(message));
        }
        catch (IOException)
        {
            // The terminal is gone, or a disk is full: the exit code still says it.
        }
    }

    /// <summary>A text without what would move the cursor or change the colours: names and messages are other people's.</summary>
    public static string Printable(string text) => Controls().Replace(text, "");

    /// <summary>A text in a colour, where there are colours.</summary>
    public string Paint(string code, string text) => isLive ? $"\u001b[{code}m{text}\u001b[0m" : text;

    /// <summary>Writes a line, or several that nothing comes between.</summary>
    public void WriteLine(string text = "")
    {
        lock (_gate)
        {
            if (_status is not null) writer.Write("\r\u001b[2K");
            writer.Write(text + "\n");
            Refresh();
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

    /// <summary>Shows how it goes now. A line as wide as the terminal would move the cursor to the next one.</summary>
    public void Refresh()
    {
        lock (_gate)
        {
            try
            {
                if (_status is not null) writer.Write("\r\u001b[2K" + Fit(_status().ReplaceLineEndings(" "), width() - 1));
                writer.Flush();
            }
            catch (IOException)
            {
                // The terminal is gone. A clock and a cell's outputs come here as well, and neither can do anything about it.
            }
        }
    }

    // Twice as wide as ASCII is the widest that a character is anywhere; many are narrower, and some have no width at all.
    private static string Fit(string text, int columns) =>
        string.Concat(text.EnumerateRunes().TakeWhile(rune => (columns -= rune.IsAscii ? 1 : 2) >= 0));

    [GeneratedRegex(@"\x1b\[[0-?]*[ -/]*[@-~]|[\p{Cc}-[\n\t]]")]
    private static partial Regex Controls();
}
