using Microsoft.CodeAnalysis;

namespace NotebookEngine;

/// <summary>What a cell's compilation is made of; enough to make it again against other references.</summary>
/// <param name="Number">Names its assembly and its class, which code of later cells refers to.</param>
/// <param name="Tree">Its source.</param>
/// <param name="PackageReferences">The assemblies of the packages that it names.</param>
internal sealed record Submission(int Number, SyntaxTree Tree, IReadOnlyList<MetadataReference> PackageReferences);
