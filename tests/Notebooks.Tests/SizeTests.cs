namespace Notebooks.Tests;

/// <summary>Saved notebooks stay small enough to be read, reviewed and kept in version control with their outputs.</summary>
public sealed class SizeTests
{
    private const long MostBytes = 1_300_000;

    [Fact]
    public void All_notebooks_together_with_their_outputs_keep_within_their_limit()
    {
        var sizes = Lessons.All.ToDictionary(file => file.Name, file => new FileInfo(file.Path).Length);

        sizes.Values.Sum().Should().BeLessThanOrEqualTo(
            MostBytes, $"the largest are {string.Join(", ", sizes.OrderByDescending(size => size.Value).Take(3))}");
    }
}
