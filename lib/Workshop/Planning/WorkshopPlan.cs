using Fluid;
using Workshop.Handouts;

namespace Workshop.Planning;

/// <summary>How the lessons fill half a day, a day and six evenings: <c>notebooks/WORKSHOP.md</c>.</summary>
internal sealed class WorkshopPlan
{
    public const string FileName = "WORKSHOP.md";

    /// <summary>What a plan has, in minutes: six hours for a day, and two for each evening.</summary>
    private const int DayMinutes = 360, EveningMinutes = 120, Evenings = 6;

    private readonly Plan _half, _day, _late;
    private readonly List<Plan> _evenings;

    public WorkshopPlan(string notebooks)
    {
        var lessons = NotebookFiles.Lessons(notebooks).Select(Read).Where(lesson => lesson.Sections.Count > 0).ToList();
        _half = In("Half a day", section => section.Plan <= PlanLength.Half);
        _day = In("A day", section => section.Plan <= PlanLength.Day);
        _late = In("", section => section.IsFirstToGo);

        // Two notebooks an evening, each with everything.
        _evenings = [.. lessons.Chunk(Math.Max(1, (lessons.Count + Evenings - 1) / Evenings))
            .Select((some, index) => new Plan($"Evening {index + 1}", [.. some.Select(lesson => lesson.RowOf(_ => true)!)]))];

        Plan In(string name, Func<LessonSection, bool> isIn) => new(name, [.. lessons.Select(lesson => lesson.RowOf(isIn)).OfType<Row>()]);
    }

    /// <summary>What is wrong with the sums, a sentence each.</summary>
    public IEnumerable<string> Problems()
    {
        (Plan, int)[] plans = [(_half, DayMinutes / 2), (_day, DayMinutes), .. _evenings.Select(evening => (evening, EveningMinutes))];
        foreach (var (plan, wanted) in plans.Where(plan => plan.Item1.Minutes != plan.Item2))
        {
            yield return $"{plan.Name} has {plan.Minutes} minutes instead of {wanted}. "
                + "Change the minutes or the plans in the notebooks' metadata.";
        }
    }

    public string ToMarkdown() =>
        Template.Render("workshop", new { half = _half, day = _day, late = _late, evenings = _evenings }, NullEncoder.Default);

    private static Lesson Read(NotebookFile file)
    {
        var document = NotebookDocument.Load(file.Path);
        var title = document.Cells.FirstOrDefault(cell => cell.IsMarkdown)?.Source.Split('\n')[0].TrimStart('#', ' ');
        return new Lesson(title ?? file.Name, file.FileName, LessonSection.Of(document));
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

    private sealed record Plan(string Name, IReadOnlyList<Row> Rows)
    {
        public int Minutes => Rows.Sum(row => row.Minutes);
    }
}
