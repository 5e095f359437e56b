using System.Diagnostics;
using System.Text.Json;

namespace NotebookEngine.Tests;

/// <summary>Jupyter's own judgement of notebooks, where a Python with its nbformat package is installed.</summary>
internal static class PythonNbformat
{
    private const string Script =
        """
        import json, sys
        from nbformat.validator import iter_validate
        for text in json.load(sys.stdin):
            errors = [e.message for e in iter_validate(json.loads(text), version=4, version_minor=5)]
            print(json.dumps(errors[0][:200] if errors else None))
        """;

    private static readonly Lazy<string?> Python = new(() =>
        new[] { "python3", "python", "/usr/bin/python3" }.FirstOrDefault(
            python => Run(python, "import nbformat.validator", input: "") is not null));

    /// <summary>For each notebook null, or what Jupyter finds wrong with it.</summary>
    public static IReadOnlyList<string?> FirstErrors(IReadOnlyList<string> notebooks)
    {
        var isMissing = Python.Value is null;
        if (isMissing && Environment.GetEnvironmentVariable("CI") == "true")
            throw new InvalidOperationException("CI installs Python's nbformat package, but no Python here can import it.");
        Skip.If(isMissing, "No Python with the nbformat package here (pip install nbformat).");

        var answer = Run(Python.Value!, Script, JsonSerializer.Serialize(notebooks))
            ?? throw new InvalidOperationException("Python's nbformat failed.");
        return [.. answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<string?>(line))];
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
