using System.Text.RegularExpressions;
using Workshop.Lessons;

namespace Notebooks.Tests;

/// <summary>Holds <c>notebooks/GLOSSARY.md</c> and the lessons' links to it against each other.</summary>
public partial class GlossaryTests
{
    private static readonly string[] Entries = File.ReadAllText(Path.Combine(Lessons.Folder, "GLOSSARY.md")).ReplaceLineEndings("\n")
        .Split("\n### ")[1..];

    private static readonly ILookup<string, string> Links = Lessons.English
        .SelectMany(file => NotebookDocument.Load(file.Path).Cells.Where(cell => cell.IsMarkdown && !cell.HasTag("instructor"))
            .SelectMany(cell => Link().Matches(cell.Source)).Select(link => (Lesson: file.Name, Entry: link.Groups[1].Value)))
        .ToLookup(link => link.Lesson, link => link.Entry);

    private static IEnumerable<string> Anchors => Entries.Select(Anchor);

    [Fact]
    public void Every_link_of_a_lesson_reaches_an_entry() =>
        Links.SelectMany(lesson => lesson).Distinct().Except(Anchors).Should().BeEmpty();

    [Fact]
    public void Every_entry_is_linked_from_a_lesson() => Anchors.Except(Links.SelectMany(lesson => lesson)).Should().BeEmpty();

    [Fact]
    public void A_lesson_links_a_term_once_at_its_first_use()
    {
        Links.Should().HaveCountGreaterThan(10, "every lesson uses the words");
        foreach (var lesson in Links) lesson.Should().OnlyHaveUniqueItems($"{lesson.Key} links a term where it uses it first");
    }

    [Fact]
    public void Entries_are_short_in_order_and_say_which_lesson_teaches_them()
    {
        Entries.Should().HaveCountGreaterThanOrEqualTo(30);
        Anchors.Should().OnlyHaveUniqueItems().And.BeInAscendingOrder(StringComparer.Ordinal);
        foreach (var entry in Entries)
        {
            var taught = Taught().Match(entry);

            taught.Success.Should().BeTrue($"this ends with its lesson: {entry}");
            Links[taught.Groups[1].Value].Should().Contain(Anchor(entry), "the lesson that teaches a term links it");
            Sentence().Count(entry[..taught.Index].Split('\n', 2)[1]).Should().BeInRange(1, 3, $"this is an entry, not a lesson: {entry}");
        }
    }

    // As GitHub makes it of a heading.
    private static string Anchor(string entry) =>
        Regex.Replace(entry.Split('\n')[0].ToLowerInvariant(), @"[^\w -]", "").Replace(' ', '-');

    [GeneratedRegex(@"\]\(GLOSSARY\.md#([^)]*)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"Taught in \[[^\]]+\]\(([^)]+)\.ipynb\)\.\s*\z")]
    private static partial Regex Taught();

    [GeneratedRegex(@"[.!?](?=\s|\z)")]
    private static partial Regex Sentence();
}
