using Workshop.Lessons;

namespace Workshop.Handouts;

/// <summary>The pages around a page.</summary>
internal sealed record HandoutNeighbours(
    IReadOnlyList<NotebookFile> Pages, NotebookFile? Previous, NotebookFile? Next, NotebookFile? OtherLanguage)
{
    /// <summary>Finds them: the lessons before and after in the same language, and the same lesson in the other.</summary>
    public static HandoutNeighbours Of(NotebookFile file, IReadOnlyList<NotebookFile> pages)
    {
        var edition = pages.Where(page => page.Language == file.Language).ToList();
        var index = edition.FindIndex(page => page.Path == file.Path);
        return new HandoutNeighbours(
            pages,
            index > 0 ? edition[index - 1] : null,
            index >= 0 && index + 1 < edition.Count ? edition[index + 1] : null,
            pages.FirstOrDefault(page => page.Topic == file.Topic && page.Directory == file.Directory && page.Language != file.Language));
    }
}
