namespace NotebookHost;

/// <summary>A package that a cell names cannot be had: no network, no such package or version, or it does not fit.</summary>
internal sealed class PackageNotAvailableException(string message) : Exception(message);
