namespace Notebooks.OfficialKernel.Tests;

/// <summary>What kind an output is, in one line that reads well in a failed test: <c>execute_result text/html text/plain</c>.</summary>
internal static class OutputKind
{
    public const string Error = "error";

    public static string Stream(string name) => $"stream {name}";

    public static string Of(string type, IEnumerable<string> mimeTypes) =>
        $"{type} {string.Join(' ', mimeTypes.Order(StringComparer.Ordinal))}";
}
