using System.Runtime.CompilerServices;

namespace NotebookEngine.Tests;

/// <summary>Notebooks as other programs write them.</summary>
internal static class Sample
{
    public static TheoryData<string> Names { get; } = ["jupyter", "polyglot", "colab", "compact"];

    public static string Text(string name, [CallerFilePath] string thisFile = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(thisFile)!, "Samples", name + ".ipynb"));

    /// <summary>A notebook around these cells, in the smallest valid form.</summary>
    public static string Around(string cells, int minor = 5) =>
        $$"""{"cells": [{{cells}}], "metadata": {}, "nbformat": 4, "nbformat_minor": {{minor}}}""";
}
