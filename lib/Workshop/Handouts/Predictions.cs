using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Workshop.Handouts;

/// <summary>
/// What a page asks to predict: below each question a line for the guess, which the browser keeps, and the claims that answer it.
/// </summary>
/// <param name="page">The page's part of the names under which guesses are kept.</param>
/// <param name="texts">The words of the page.</param>
internal sealed class Predictions(string page, HandoutTexts texts)
{
    private readonly List<Prediction> _all = [];
    private readonly HashSet<string> _keys = [];
    private bool _isOver = true;

    public IReadOnlyList<Prediction> All => _all;

    /// <summary>The script that keeps guesses in the browser, and shows them again.</summary>
    public static string Script(string nonce) => $"<script nonce=\"{nonce}\">\n{Template.Resource("guess.js")}</script>\n";

    /// <summary>Whether a paragraph asks for a prediction.</summary>
    public static bool Asks(IElement paragraph, HandoutTexts texts) =>
        paragraph is { LocalName: "p", FirstElementChild: { LocalName: "strong" } mark } && mark.TextContent == texts["Predict"]
        && paragraph.TextContent.StartsWith(texts["Predict"], StringComparison.Ordinal);

    /// <summary>Finds the questions of a cell, and adds their lines.</summary>
    public void Find(IHtmlDocument cell, string cellId)
    {
        foreach (var element in cell.QuerySelectorAll("h2, p").ToList())
        {
            // What is measured in the next section answers another question, or none.
            if (element.LocalName == "h2") _isOver = true;
            if (!Asks(element, texts)) continue;
            var key = $"{page}/{cellId}";
            for (var n = 2; !_keys.Add(key); n++) key = $"{page}/{cellId}-{n}";
            _all.Add(new Prediction(key, element.TextContent[texts["Predict"].Length..].Trim()));
            _isOver = false;
            element.Insert(AdjacentPosition.AfterEnd, Template.Render("guess", new { t = texts, key }));
        }
    }

    /// <summary>Takes claims as the answer to the last question; without one in this section they stand by themselves.</summary>
    public void Answer(IReadOnlyList<Claim> claims)
    {
        if (claims.Count == 0) return;
        var question = _isOver ? _all.Find(prediction => !prediction.IsAsked) : _all.FindLast(prediction => prediction.IsAsked);
        if (question is null) _all.Add(question = new Prediction("", ""));
        question.Claims.AddRange(claims);
    }
}

/// <summary>A question, the name of its guess, and the claims that answer it; without a question, the other claims.</summary>
internal sealed record Prediction(string Key, string Question)
{
    public List<Claim> Claims { get; } = [];
    public bool IsAsked => Key.Length > 0;
}
