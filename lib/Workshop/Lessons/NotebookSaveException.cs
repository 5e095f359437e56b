namespace Workshop.Lessons;

/// <summary>A notebook could not be saved; the file is as it was before.</summary>
internal sealed class NotebookSaveException(string path, string problem, Exception? inner = null)
    : IOException($"{path} was not saved and is unchanged: {problem}", inner);
