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

    // The character set is what stands between a dot and an at sign: de_DE.ISO-8859-1@euro. ASCII comparisons, because others
    // would first load the rules of all cultures, 3 MB of them.
    private static bool IsUtf8(ReadOnlySpan<char> locale)
    {
        var set = locale[(locale.IndexOf('.') + 1)..];
        if (set.Length == locale.Length)
            return true;
        set = set.IndexOf('@') is var end and >= 0 ? set[..end] : set;
        return Ascii.EqualsIgnoreCase(set, "UTF-8") || Ascii.EqualsIgnoreCase(set, "UTF8");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SetEncoding() => Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
}
