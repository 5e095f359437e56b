namespace NotebookEngine;

/// <summary>A notebook could not be saved; the file is as it was before.</summary>
public sealed class NotebookSaveException : IOException
{
    internal NotebookSaveException(string path, string problem, Exception? inner = null)
        : base($"{path} was not saved and is unchanged: {problem}", inner) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
