using AngleSharp.Dom;
using Markdig.Helpers;

namespace Workshop.Handouts;

/// <summary>The headings and anchors of one page: ids are unique, no level is skipped, and one heading is the title.</summary>
/// <param name="taken">The ids that are taken, to which this page's are added; null for a page of its own.</param>
internal sealed class PageHeadings(HashSet<string>? taken = null)
{
    private readonly HashSet<string> _ids = taken ?? ["content", "claims"];
    private int _level;

    public List<Heading> Contents { get; } = [];
    public string? Title { get; private set; }

    public bool TryTake(string id) => _ids.Add(id);

    /// <summary>Gives a heading its level, and its anchors as Jupyter and as GitHub make them.</summary>
    public void Place(IElement heading, bool isListed)
    {
        // Who walks by headings would be puzzled by a second title, or by a level that was skipped.
        var wanted = heading.LocalName[1] - '0';
        _level = Math.Min(Math.Max(wanted, _level == 0 ? 1 : 2), _level + 1);
        var text = string.Join(' ', heading.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var placed = heading.Owner!.CreateElement($"h{_level}");
        placed.Id = heading.GetAttribute("id") ?? Unique(text.Replace(' ', '-'));
        placed.Append([.. heading.ChildNodes]);
        heading.Replace(placed);

        var gitHub = LinkHelper.UrilizeAsGfm(text);
        if (gitHub != placed.Id && gitHub.Length > 0)
            placed.Insert(AdjacentPosition.AfterBegin, $"<span id=\"{Html.Text(Unique(gitHub))}\"></span>");
        Title ??= text;
        if (isListed) Contents.Add(new Heading(_level, placed.Id, text));
    }

    private string Unique(string wanted)
    {
        if (wanted.Length == 0) wanted = "section";
        var id = wanted;
        for (var n = 1; !_ids.Add(id); n++) id = $"{wanted}-{n}";
        return id;
    }
}

internal sealed record Heading(int Level, string Id, string Text);
