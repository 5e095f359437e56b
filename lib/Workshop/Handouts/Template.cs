using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Fluid;

namespace Workshop.Handouts;

/// <summary>The HTML around what comes from notebooks: Liquid in <c>Pages/</c>, which encodes what it does not call <c>raw</c>.</summary>
internal static class Template
{
    private static readonly FluidParser Parser = new();
    private static readonly TemplateOptions Options =
        new() { MemberAccessStrategy = new UnsafeMemberAccessStrategy(), CultureInfo = CultureInfo.InvariantCulture };
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly ConcurrentDictionary<string, IFluidTemplate> Parsed = [];

    /// <summary>What becomes of <c>Pages/NAME.liquid</c> with the members of an object; encoded for HTML, or for an encoder.</summary>
    public static string Render(string name, object members, TextEncoder? encoder = null) => Parsed
        .GetOrAdd(name, static name => Parser.Parse(Resource($"{name}.liquid")))
        .Render(new TemplateContext(members, Options), encoder ?? Encoder);

    /// <summary>How a page begins; its title is printed at the head of every sheet.</summary>
    public static string Head(
        string language, string title, string printedTitle, string? nonce = null, string styleSheet = "handout.css")
    {
        var printed = printedTitle.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("<", "\\3C ", StringComparison.Ordinal).ReplaceLineEndings(" ");
        var (colours, style) = (Resource("colours.css"), Resource(styleSheet));
        return Render("head", new { language, title, nonce, printed, colours, style });
    }

    /// <summary>What <c>Pages/NAME.js</c> does, for browsers that know the nonce.</summary>
    public static string Script(string name, string nonce) => $"<script nonce=\"{nonce}\">\n{Resource($"{name}.js")}</script>\n";

    /// <summary>A file of <c>Pages/</c>, which the program carries inside.</summary>
    public static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(Template).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
