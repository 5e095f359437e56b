namespace Workshop.Handouts;

/// <summary>The words of a page that do not come from its notebook, in the notebook's language.</summary>
internal sealed class HandoutTexts : Dictionary<string, string>
{
    private static readonly Dictionary<string, HandoutTexts> Languages =
        JsonSerializer.Deserialize<Dictionary<string, HandoutTexts>>(Template.Resource("texts.json"))!;

    /// <summary>The texts for a notebook, by the language in its name (<c>.ja.ipynb</c>).</summary>
    public static HandoutTexts For(string? language) => Languages[language == "ja" ? "ja" : "en"];

    public string Format(string name, params object[] values) => string.Format(CultureInfo.InvariantCulture, this[name], values);
}
