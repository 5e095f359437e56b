using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Workshop.Checking;

/// <summary>How a cell may reference an assembly: <c>#r "relative/path.dll"</c>, and nothing behind it.</summary>
internal static class ReferenceRules
{
    public static IEnumerable<Finding> Check(NotebookCell cell, SyntaxTree tree, string notebookDirectory)
    {
        const string Comment = "A comment behind #r hangs the kernel of .NET Interactive for ever. Put it on the line above.";
        foreach (var directive in tree.GetCompilationUnitRoot().GetReferenceDirectives().Where(directive => !directive.File.IsMissing))
        {
            var behind = directive.File.TrailingTrivia.Concat(directive.EndOfDirectiveToken.LeadingTrivia);
            var finding = CheckTarget(directive.File.ValueText, cell, notebookDirectory);
            if (behind.Any(part => part.IsKind(SyntaxKind.SingleLineCommentTrivia)))
                yield return new Finding("reference-comment", Comment).At(directive);
            if (finding is not null) yield return finding.At(directive);
        }
    }

    private static Finding? CheckTarget(string target, NotebookCell cell, string notebookDirectory)
    {
        const string NuGet = "nuget:";
        if (target.StartsWith(NuGet, StringComparison.OrdinalIgnoreCase))
        {
            var package = target[NuGet.Length..].Trim();
            return cell.IsOptional ? null : new Finding(
                "optional", $"The cell needs the package {package} from the network, so it must be tagged {NotebookCell.OptionalTag}.");
        }

        // Also what is absolute on the other systems: notebooks travel.
        if (Path.IsPathRooted(target) || target.StartsWith('/') || target is [_, ':', ..])
            return new("reference-relative", $"{target} is a path of one machine. Make it relative to the notebook's folder.");
        return File.Exists(Path.Combine(notebookDirectory, target)) ? null : new Finding(
            "reference-missing", $"There is no file {target}. Build the solution first (dotnet build), or correct the path.");
    }
}
