using System.Runtime.CompilerServices;
using System.Text;

namespace OutOfProcess.Worker;

/// <summary>Makes the text that a task prints UTF-8, as the pool reads it, whatever the system or the user's locale prefers.</summary>
internal static class ConsoleText
{
    public static void UseUtf8()
    {
        // Without a character set in the locale .NET writes UTF-8 by itself, and a worker that prints nothing need not load
        // the console.
        if (OperatingSystem.IsWindows() || !IsUtf8(Locale()))
            SetEncoding();
    }

    // The variables that .NET asks, in its order.
    private static string Locale()
    {
        foreach (var name in (ReadOnlySpan<string>)["LC_ALL", "LC_MESSAGES", "LANG"])
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } locale)
                return locale;
        }

        return "";
    }

    private static bool IsUtf8(string locale) =>
        !locale.Contains('.', StringComparison.Ordinal)
        || locale.Contains(".utf-8", StringComparison.OrdinalIgnoreCase)
        || locale.Contains(".utf8", StringComparison.OrdinalIgnoreCase);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SetEncoding() => Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
}
