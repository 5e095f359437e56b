using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NotebookEngine;

/// <summary>A cell that compiled: its image and what is needed to start it.</summary>
internal sealed record CellCompilation(CSharpCompilation Compilation, Submission Submission, Stream Image, Stream Symbols)
{
    /// <summary>
    /// Whether the cell ends with an expression that has a value; asked only when that value is null, since then it
    /// cannot be told from no value. The rules are those of the compiler's internal HasSubmissionResult.
    /// </summary>
    public bool EndsWithValue()
    {
        var root = Submission.Tree.GetCompilationUnitRoot();
        if (root.Members.LastOrDefault() is not GlobalStatementSyntax last) return false;
        return last.Statement switch
        {
            ReturnStatementSyntax { Expression: not null } => true,
            ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement =>
                Compilation.GetSemanticModel(Submission.Tree).GetTypeInfo(statement.Expression).ConvertedType
                    is { SpecialType: not SpecialType.System_Void },
            _ => false,
        };
    }
}
