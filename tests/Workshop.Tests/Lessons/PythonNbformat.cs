using System.Diagnostics;
using System.Text.Json;

namespace Workshop.Tests;

/// <summary>Jupyter's own judgement of notebooks, where a Python with its nbformat package is installed.</summary>
internal static class PythonNbformat
{
    private const string Validate =
        """
        import json, sys
        from nbformat.validator import iter_validate
        for text in json.load(sys.stdin):
            notebook = json.loads(text)
            errors = [e.message for e in iter_validate(notebook, version=4, version_minor=notebook["nbformat_minor"])]
            print(json.dumps(errors[0][:200] if errors else None))
        """;

    private const string Rewrite =
        """
        import json, sys, nbformat
        print(json.dumps(nbformat.writes(nbformat.reads(json.load(sys.stdin), as_version=4)) + "\n"))
        """;

    private static readonly Lazy<string?> Python = new(() =>
        new[] { "python3", "python", "/usr/bin/python3" }.FirstOrDefault(
            python => Run(python, "import nbformat.validator", input: "") is not null));

    /// <summary>For each notebook null, or what Jupyter finds wrong with it.</summary>
    public static IReadOnlyList<string?> FirstErrors(IReadOnlyList<string> notebooks) =>
        [.. Answer(Validate, JsonSerializer.Serialize(notebooks)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<string?>(line))];

    /// <summary>The notebook's text after Jupyter has opened and saved it.</summary>
    public static string Rewritten(string notebook) =>
        JsonSerializer.Deserialize<string>(Answer(Rewrite, JsonSerializer.Serialize(notebook)))!;

    private static string Answer(string script, string input)
    {
        if (Python.Value is null && Environment.GetEnvironmentVariable("CI") == "true")
            throw new InvalidOperationException("CI installs Python's nbformat package, but no Python here can import it.");
        Assert.SkipWhen(Python.Value is null, "No Python with the nbformat package here (pip install nbformat).");
        return Run(Python.Value!, script, input) ?? throw new InvalidOperationException("Python's nbformat failed.");
    }

    private static string? Run(string python, string script, string input)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, ["-c", script])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            _ = errors.Result;
            return process.ExitCode == 0 ? output : null;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or IOException)
        {
            // No such program, or one that ends before it reads: this Python is no help.
            return null;
        }
    }
}
