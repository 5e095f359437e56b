using System.Text;
using Spectre.Console;
using Workshop.Running;

namespace Workshop.Commands;

/// <summary>The console, as far as it goes: colours and movement on a terminal, plain lines everywhere else.</summary>
internal static class ProgramConsole
{
    /// <summary>The console for reports.</summary>
    public static RunConsole Create()
    {
        UseUtf8();
        return new RunConsole(Console.Out, IsLive(), Width);
    }

    /// <summary>Says what is wrong with the command or its input.</summary>
    public static void Complain(string message)
    {
        UseUtf8();
        Console.Error.WriteLine(message);
    }

    // A person sits at a terminal that can move its cursor, and has not asked for plain text.
    private static bool IsLive()
    {
        if (Console.IsOutputRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))) return false;
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) };
        return Environment.GetEnvironmentVariable("TERM") != "dumb" && AnsiConsole.Create(settings).Profile.Capabilities.Ansi;
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
