using System.Text;
using Spectre.Console;

namespace Workshop.Commands;

/// <summary>The console, as far as it goes: colours and movement on a terminal, plain lines everywhere else.</summary>
internal static class ProgramConsole
{
    // Wide enough that no message is broken when the output goes to a file; a viewer wraps it as it likes.
    private const int PlainWidth = 10_000;

    // In a narrower terminal neither the moving line nor the tables have room; plain lines are broken by the terminal itself.
    private const int LeastWidth = 40;

    /// <summary>Whether a person sits at a terminal that can move its cursor, and has not asked for plain text.</summary>
    public static bool IsLive { get; } =
        !Console.IsOutputRedirected
        && Width() >= LeastWidth
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>The console for reports.</summary>
    public static IAnsiConsole Create()
    {
        UseUtf8();
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) };
        if (!IsLive)
        {
            settings.Ansi = AnsiSupport.No;
            settings.ColorSystem = ColorSystemSupport.NoColors;
            settings.Interactive = InteractionSupport.No;
        }

        var console = AnsiConsole.Create(settings);
        if (!IsLive) console.Profile.Width = PlainWidth;
        return console;
    }

    /// <summary>Says what is wrong with the command or its input.</summary>
    public static void Complain(string message)
    {
        UseUtf8();
        Console.Error.WriteLine(message);
    }

    private static int Width()
    {
        try
        {
            return Console.WindowWidth;
        }
        catch (IOException)
        {
            return 0; // No terminal after all.
        }
    }

    // On Windows the console starts in the code page of the country, which has no check mark.
    private static void UseUtf8()
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
}
