using Workshop.Planning;

namespace Notebooks.Tests;

/// <summary>The timing plan of a workshop is the one that the notebooks' metadata make, and its sums are right.</summary>
public class WorkshopPlanTests
{
    private readonly WorkshopPlan _plan = new(Lessons.Folder);

    [Fact]
    public void Half_a_day_a_day_and_each_of_six_evenings_have_their_minutes() => _plan.Problems().Should().BeEmpty();

    [Fact]
    public void The_page_is_what_the_minutes_say() =>
        File.ReadAllText(Path.Combine(Lessons.Folder, WorkshopPlan.FileName)).ReplaceLineEndings("\n").Should()
            .Be(_plan.ToMarkdown(), "`dotnet run --project lib/Workshop -- plan` writes it");

    [Fact]
    public void The_sums_in_the_page_are_those_of_its_rows()
    {
        var sum = 0;
        var sums = 0;
        foreach (var cells in File.ReadLines(Path.Combine(Lessons.Folder, WorkshopPlan.FileName)).Where(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)))
        {
            if (int.TryParse(cells[^1], out var minutes)) sum += minutes;
            if (!cells[^1].StartsWith("**", StringComparison.Ordinal)) continue;
            cells[^1].Trim('*').Should().Be($"{sum}");
            (sum, sums) = (0, sums + 1);
        }

        sums.Should().Be(9, "half a day, a day, what goes first, and six evenings");
    }
}
