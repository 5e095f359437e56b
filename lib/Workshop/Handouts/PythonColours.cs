namespace Workshop.Handouts;

/// <summary>Colours the pieces of Python that stand beside the C#: keywords, strings, numbers and comments.</summary>
internal static partial class PythonColours
{
    public static string ToHtml(string code)
    {
        var html = new StringBuilder(code.Length * 2);
        var at = 0;
        foreach (Match token in Token().Matches(code))
        {
            var name = token.Groups.Values.Skip(1).First(group => group.Success).Name;
            html.Append(Html.Text(code[at..token.Index])).Append(Html.Span(name, token.Value));
            at = token.Index + token.Length;
        }

        return html.Append(Html.Text(code[at..])).ToString();
    }

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
