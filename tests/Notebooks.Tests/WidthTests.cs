using Workshop.Lessons;

namespace Notebooks.Tests;

/// <summary>Holds the width of .editorconfig, which no formatter enforces.</summary>
public class WidthTests
{
    private const int Width = 140;

    private static readonly string[] Folders = ["lib", "tests"];

    [Fact]
    public void No_line_of_code_is_wider_than_140_columns()
    {
        var root = Repository.Require().Root;
        var wide = from folder in Folders
                   from file in Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)
                   let path = Path.GetRelativePath(root, file).Replace('\\', '/')
                   where !path.Split('/').Contains("obj")
                   from line in File.ReadLines(file).Select((text, index) => (text.Length, Number: index + 1))
                   where line.Length > Width
                   select $"{path}:{line.Number} has {line.Length} columns";

        wide.Should().BeEmpty();
    }
}
