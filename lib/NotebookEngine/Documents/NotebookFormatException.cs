namespace NotebookEngine;

/// <summary>A file is not a notebook that can be read; the message says where it breaks and what to do.</summary>
public sealed class NotebookFormatException : Exception
{
    internal NotebookFormatException(string? path, int? line, int? column, string problem, string advice)
        : base($"{path ?? "The notebook"}{Position(line, column)}: {problem} {advice}")
    {
        Path = path;
        Line = line;
        Column = column;
    }

    /// <summary>The file, or null when the notebook came as text.</summary>
    public string? Path { get; }

    /// <summary>The line, counted from 1, where one can be named.</summary>
    public int? Line { get; }

    /// <summary>The column in UTF-16 units, counted from 1, where one can be named.</summary>
    public int? Column { get; }

    private static string Position(int? line, int? column) =>
        line is null ? "" : column is null ? $" (line {line})" : $" (line {line}, column {column})";
}
