namespace Workshop.Lessons;

/// <summary>A section of a lesson, which is a heading of level 2, and its place in a workshop.</summary>
/// <param name="Title">The heading.</param>
/// <param name="Minutes">How long it takes in a workshop.</param>
/// <param name="Plan">The shortest plan that has the section; every longer plan has it as well.</param>
/// <param name="IsFirstToGo">Whether it is left out first when the day runs late.</param>
internal sealed partial record LessonSection(string Title, int Minutes, PlanLength Plan, bool IsFirstToGo)
{
    private const string Late = " · first to go when you are late";

    private static readonly string[] Plans = ["half a day, a day, six evenings", "a day, six evenings", "six evenings"];

    /// <summary>The sections of a notebook in their order, from its metadata; none where it says nothing about a workshop.</summary>
    /// <exception cref="InputException">They do not fit the headings, or cannot be read.</exception>
    public static IReadOnlyList<LessonSection> Of(NotebookDocument document)
    {
        if ((document.Json["metadata"] as JsonObject)?["workshop"] is not JsonObject workshop) return [];
        var sections = (workshop["sections"] as JsonArray ?? []).Select(Read).ToList();
        var headings = document.Cells.Where(cell => cell.IsMarkdown && !cell.IsSolution && !cell.IsInstructor)
            .SelectMany(cell => Heading().Matches(cell.Source)).Select(heading => heading.Groups["title"].Value).ToList();
        if (sections.Select(section => section?.Title).SequenceEqual(headings)) return sections!;
        var named = sections.Select(section => section?.Title ?? "(not readable)").ToList();
        var wrong = named.Except(headings).Concat(headings.Except(named)).FirstOrDefault() ?? "their order";
        throw new InputException(
            $"{document.Path}: metadata.workshop.sections and the headings of level 2 differ: {wrong}. "
            + """Each section is {"minutes": 10, "plan": "Half" or "Day" or "Evenings", "title": "the heading"}.""");
    }

    /// <summary>A Markdown cell with the minutes below each of these headings.</summary>
    public static string WithMinutes(string markdown, IEnumerable<LessonSection> sections) => Heading().Replace(markdown, heading =>
        sections.FirstOrDefault(section => section.Title == heading.Groups["title"].Value) is { } section
            ? $"{heading.Value}\n\n*{section.Minutes} minutes · {Plans[(int)section.Plan]}{(section.IsFirstToGo ? Late : "")}*"
            : heading.Value);

    private static LessonSection? Read(JsonNode? node) =>
        node is JsonObject json && json["title"].AsText() is { } title
            && json["minutes"] is JsonValue number && number.TryGetValue(out int minutes) && minutes is > 0 and <= 240
            && Enum.TryParse<PlanLength>(json["plan"].AsText(), out var plan) && Enum.IsDefined(plan)
            ? new LessonSection(title, minutes, plan, json["late"].AsText() == "skip")
            : null;

    [GeneratedRegex(@"(?m)^## (?<title>.*\S)")]
    private static partial Regex Heading();
}

/// <summary>The plans of a workshop, from the shortest to the longest.</summary>
internal enum PlanLength
{
    Half,
    Day,
    Evenings,
}
