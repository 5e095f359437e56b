namespace Workshop.Handouts;

/// <summary>Colours the pieces of Python that stand beside the C#: keywords, strings, numbers and comments.</summary>
internal static partial class PythonColours
{
    public static string ToHtml(string code) => Html.Coloured(code, Token().Matches(code).Select(
        token => (token.Index, token.Length, token.Groups.Values.Skip(1).First(group => group.Success).Name)));

    [GeneratedRegex("""
        (?<c>\#.*)
        | (?<s>[rbfRBF]{0,2}(?:\"\"\"[\s\S]*?\"\"\"|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'))
        | (?<kc>\b(?:await|break|continue|elif|else|except|finally|for|if|raise|return|try|while|with|yield)\b)
        | (?<k>\b(?:and|as|assert|async|class|def|del|False|from|global|import|in|is|lambda|None|nonlocal|not|or|pass|True)\b)
        | (?<n>\b\d[\d_]*(?:\.[\d_]+)?(?:[eE][+-]?\d+)?\b)
        | (?<m>\b[A-Za-z_]\w*(?=\())
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();
}
