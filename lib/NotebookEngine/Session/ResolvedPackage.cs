namespace NotebookEngine;

/// <summary>A restored package with all that it depends on.</summary>
/// <param name="Compile">The assemblies that code is compiled against.</param>
/// <param name="Run">The assemblies that run; on some platforms others than those.</param>
/// <param name="Native">The native libraries for this platform.</param>
internal sealed record ResolvedPackage(
    IReadOnlyList<string> Compile, IReadOnlyList<string> Run, IReadOnlyList<string> Native);
