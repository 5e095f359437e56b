namespace Notebooks.OfficialKernel.Tests;

/// <summary>What kind an output is, in one line that reads well in a failed test: <c>execute_result text/html text/plain</c>.</summary>
internal static class OutputKind
{
    public const string Error = "error";

    public static string Stream(string name) => $"stream {name}";

    public static string Of(string type, IEnumerable<string> mimeTypes) =>
        $"{type} {string.Join(' ', mimeTypes.Order(StringComparer.Ordinal))}";

    /// <summary>Whether what is saved is what the kernel gave.</summary>
    /// <remarks>
    /// Of a value that does not render itself, such as a string, the kernel gives one form, and the repository's host HTML and text,
    /// since a saved notebook is read on paper too. No other form may be missing or come in addition.
    /// </remarks>
    public static bool Shows(string given, string saved)
    {
        var (some, all) = (given.Split(' '), saved.Split(' '));
        return some[0] == all[0] && !some.Except(all).Any() && all.Except(some).All(form => form is "text/html" or "text/plain");
    }
}
