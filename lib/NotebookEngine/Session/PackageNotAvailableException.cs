namespace NotebookEngine;

/// <summary>A package that a cell names cannot be had: no network, no such package, or it does not fit.</summary>
internal sealed class PackageNotAvailableException(PackageDirective package, string reason)
    : Exception($"The package '{package}' is not available. dotnet restore says: {reason}");
