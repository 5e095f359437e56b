using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Workshop.Checking;

/// <summary>How a cell may reference an assembly: <c>#r "relative/path.dll"</c>, and nothing behind it.</summary>
internal static class ReferenceRules
{
    public static IEnumerable<Finding> Check(NotebookCell cell, SyntaxTree tree, string notebookDirectory)
    {
        foreach (var directive in tree.GetCompilationUnitRoot().GetReferenceDirectives().Where(directive => !directive.File.IsMissing))
        {
            var line = directive.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            var behind = directive.File.TrailingTrivia.Concat(directive.EndOfDirectiveToken.LeadingTrivia);
            if (behind.Any(part => part.IsKind(SyntaxKind.SingleLineCommentTrivia)))
            {
                const string Comment = "A comment behind #r hangs the kernel of .NET Interactive for ever. Put it on the line above.";
                yield return new Finding("reference-comment", Comment, Line: line);
            }

            if (CheckTarget(directive.File.ValueText, cell, notebookDirectory) is var (rule, message))
                yield return new Finding(rule, message, Line: line);
        }
    }

    private static (string Rule, string Message)? CheckTarget(string target, NotebookCell cell, string notebookDirectory)
    {
        if (target.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase))
        {
            var package = target["nuget:".Length..].Trim();
            return cell.IsOptional
                ? null
                : ("optional", $"The cell needs the package {package} from the network, so it must be tagged {NotebookCell.OptionalTag}.");
        }

        // Also what is absolute on the other systems: notebooks travel.
        if (Path.IsPathRooted(target) || target.StartsWith('/') || target is [_, ':', ..])
            return ("reference-relative", $"{target} is a path of one machine. Make it relative to the notebook's folder.");
        if (!File.Exists(Path.Combine(notebookDirectory, target)))
            return ("reference-missing", $"There is no file {target}. Build the solution first (dotnet build), or correct the path.");
        return null;
    }
}
