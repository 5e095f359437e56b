using System.Runtime.CompilerServices;
using System.Text;

namespace OutOfProcess.Worker;

/// <summary>Makes the text that a task prints UTF-8, as the pool reads it, whatever the system or the user's locale prefers.</summary>
internal static class ConsoleText
{
    public static void UseUtf8()
    {
        // The variables that .NET asks, in its order. Without a character set in them, which stands behind a dot, it writes UTF-8
        // by itself, and a worker that prints nothing need not load the console.
        var locale = Variable("LC_ALL") ?? Variable("LC_MESSAGES") ?? Variable("LANG") ?? "";
        var set = locale.AsSpan(locale.IndexOf('.') + 1);

        // ASCII comparisons, because others would first load the rules of all cultures, 3 MB of them.
        var isUtf8 = set.Length == locale.Length || Ascii.EqualsIgnoreCase(set, "UTF-8") || Ascii.EqualsIgnoreCase(set, "UTF8");
        if (OperatingSystem.IsWindows() || !isUtf8)
            SetEncoding();
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SetEncoding() => Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
}
