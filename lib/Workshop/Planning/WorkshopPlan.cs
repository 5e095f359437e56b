using Workshop.Handouts;

namespace Workshop.Planning;

/// <summary>How the lessons fill half a day, a day and six evenings: <c>notebooks/WORKSHOP.md</c>.</summary>
internal sealed class WorkshopPlan(string notebooks)
{
    public const string FileName = "WORKSHOP.md";

    /// <summary>What a plan has, in minutes: six hours for a day, and two for each evening.</summary>
    private const int DayMinutes = 360, EveningMinutes = 120, Evenings = 6;

    private readonly List<Lesson> _lessons = [.. NotebookFiles.Lessons(notebooks)
        .Select(file => Read(file)).Where(lesson => lesson.Sections.Count > 0)];

    /// <summary>What is wrong with the sums, a sentence each.</summary>
    public IEnumerable<string> Problems()
    {
        if (Wrong("Half a day", In(PlanLength.Half), DayMinutes / 2) is { } half) yield return half;
        if (Wrong("A day", In(PlanLength.Day), DayMinutes) is { } day) yield return day;
        foreach (var (number, evening) in EveningsOf().Index())
        {
            if (Wrong($"Evening {number + 1}", evening, EveningMinutes) is { } wrong) yield return wrong;
        }
    }

    /// <summary>The page.</summary>
    public string ToMarkdown() => Template.RenderText("workshop", new
    {
        half = In(PlanLength.Half),
        halfMinutes = In(PlanLength.Half).Sum(row => row.Minutes),
        day = In(PlanLength.Day),
        dayMinutes = In(PlanLength.Day).Sum(row => row.Minutes),
        late = Late(),
        lateMinutes = Late().Sum(row => row.Minutes),
        evenings = EveningsOf().Select((rows, index) => new { Number = index + 1, Rows = rows, Minutes = rows.Sum(row => row.Minutes) }),
    });

    private static string? Wrong(string plan, IEnumerable<Row> rows, int wanted) => rows.Sum(row => row.Minutes) is var sum && sum != wanted
        ? $"{plan} has {sum} minutes instead of {wanted}. Change the minutes or the plans in the notebooks' metadata."
        : null;

    private List<Row> In(PlanLength plan) => [.. _lessons.Select(lesson => lesson.RowOf(section => section.Plan <= plan)).OfType<Row>()];

    private List<Row> Late() => [.. _lessons.Select(lesson => lesson.RowOf(section => section.IsFirstToGo)).OfType<Row>()];

    // Two notebooks an evening, each with everything.
    private IEnumerable<List<Row>> EveningsOf() => _lessons.Select(lesson => lesson.RowOf(_ => true)!)
        .Chunk(Math.Max(1, (_lessons.Count + Evenings - 1) / Evenings)).Select(rows => rows.ToList());

    private static Lesson Read(NotebookFile file)
    {
        var document = NotebookDocument.Load(file.Path);
        var title = document.Cells.Where(cell => cell.IsMarkdown).Select(cell => cell.Source.Split('\n')[0].TrimStart('#', ' '));
        return new Lesson(title.FirstOrDefault() ?? file.Name, file.FileName, LessonSection.Of(document));
    }

    private sealed record Lesson(string Title, string File, IReadOnlyList<LessonSection> Sections)
    {
        public Row? RowOf(Func<LessonSection, bool> isIn)
        {
            var sections = Sections.Where(isIn).ToList();
            var names = sections.Count == Sections.Count ? "everything" : string.Join(", ", sections.Select(Describe));
            return sections.Count == 0 ? null : new Row(Title, File, names, sections.Sum(section => section.Minutes));
        }

        private static string Describe(LessonSection section) => $"{section.Title.TrimEnd('?', '!')} ({section.Minutes})";
    }

    private sealed record Row(string Title, string File, string Sections, int Minutes);
}
