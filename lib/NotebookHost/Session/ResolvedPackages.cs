namespace NotebookHost;

/// <summary>What the packages of a notebook bring together, dependencies included.</summary>
/// <param name="Assemblies">The assemblies, which cells are compiled against and run with.</param>
/// <param name="Native">The native libraries for this platform.</param>
/// <param name="Extensions">The assemblies meant for .NET Interactive itself, such as those that register formatters.</param>
internal sealed record ResolvedPackages(
    IReadOnlyList<string> Assemblies, IReadOnlyList<string> Native, IReadOnlyList<string> Extensions);
