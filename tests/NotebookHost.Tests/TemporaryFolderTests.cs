namespace NotebookHost.Tests;

public sealed class TemporaryFolderTests
{
    [Fact]
    public void Nobody_else_can_look_into_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There the folder above it is each user's own.");
        var folder = TemporaryFolder.Create("private");
        try
        {
            if (!OperatingSystem.IsWindows())
                folder.UnixFileMode.Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        finally
        {
            folder.Delete();
        }
    }
}
