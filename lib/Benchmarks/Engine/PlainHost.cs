using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;

namespace Benchmarks.Engine;

/// <summary>
/// What the notebook host is compared with: the shortest program that runs cells with Roslyn's scripting API as it comes from
/// the package. One line of standard input is a cell, one line of standard output its value.
/// </summary>
internal static class PlainHost
{
    public const string Verb = "plain-host";

    public static async Task<int> RunAsync()
    {
        var options = ScriptOptions.Default
            .WithReferences(typeof(object).Assembly, typeof(Enumerable).Assembly)
            .WithImports(
                "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq");
        ScriptState<object>? state = null;
        while (await Console.In.ReadLineAsync() is { } cell)
        {
            state = state is null ? await CSharpScript.RunAsync(cell, options) : await state.ContinueWithAsync(cell);
            Console.WriteLine(state.ReturnValue);
        }

        return 0;
    }
}
