namespace Workshop.Lessons;

/// <summary>A file is not a notebook that can be read; the message says where it breaks and what to do.</summary>
/// <param name="path">The file.</param>
/// <param name="line">The line, counted from 1, where one can be named.</param>
/// <param name="problem">What is wrong.</param>
/// <param name="advice">What to do.</param>
internal sealed class NotebookFormatException(string path, int? line, string problem, string advice)
    : InputException($"{path}{(line is null ? "" : $" (line {line})")}: {problem} {advice}");
