using AngleSharp.Dom;

namespace Workshop.Handouts;

/// <summary>
/// What a page asks to predict: below each question a line for the guess, which the browser keeps, and the claims that answer it.
/// </summary>
/// <param name="page">The page's part of the names under which guesses are kept.</param>
/// <param name="texts">The words of the page.</param>
/// <param name="onScreen">Whether there is a line for a guess on the screen.</param>
/// <param name="onPaper">Whether there is room to write it down on paper.</param>
internal sealed class Predictions(string page, HandoutTexts texts, bool onScreen, bool onPaper)
{
    private readonly HashSet<string> _keys = [];
    private bool _isOver = true;

    public List<Prediction> All { get; } = [];

    public static bool Asks(IElement paragraph, HandoutTexts texts) =>
        IsMarked(paragraph, texts) && paragraph.TextContent.StartsWith(texts["Predict"], StringComparison.Ordinal);

    /// <summary>Finds the questions of a cell, and adds their lines. One within a paragraph has its room on paper alone.</summary>
    public void Find(IElement cell, string cellId)
    {
        foreach (var element in cell.QuerySelectorAll("h2, p"))
        {
            // What is measured in the next section answers another question, or none.
            if (element.LocalName == "h2") _isOver = true;
            if (!IsMarked(element, texts)) continue;
            var key = Asks(element, texts) ? Ask(cellId, element.TextContent[texts["Predict"].Length..].Trim()) : null;
            element.Insert(AdjacentPosition.AfterEnd, Template.Render("guess", new { t = texts, key = onScreen ? key : null, onPaper }));
        }
    }

    /// <summary>Takes claims as the answer to the last question; without one in this section they stand by themselves.</summary>
    public void Answer(IReadOnlyList<Claim> claims)
    {
        if (claims.Count == 0) return;
        var question = _isOver ? All.Find(prediction => !prediction.IsAsked) : All.FindLast(prediction => prediction.IsAsked);
        if (question is null) All.Add(question = new Prediction("", ""));
        question.Claims.AddRange(claims);
    }

    private string Ask(string cellId, string question)
    {
        var key = $"{page}/{cellId}";
        for (var n = 2; !_keys.Add(key); n++) key = $"{page}/{cellId}-{n}";
        All.Add(new Prediction(key, question));
        _isOver = false;
        return key;
    }

    private static bool IsMarked(IElement paragraph, HandoutTexts texts) =>
        paragraph is { LocalName: "p", FirstElementChild: { LocalName: "strong" } mark } && mark.TextContent == texts["Predict"];
}

/// <summary>A question, the name of its guess, and the claims that answer it; without a question, the other claims.</summary>
internal sealed record Prediction(string Key, string Question)
{
    public List<Claim> Claims { get; } = [];
    public bool IsAsked => Key.Length > 0;
}
