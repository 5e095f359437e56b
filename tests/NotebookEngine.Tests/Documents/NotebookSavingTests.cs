using System.Runtime.Versioning;
using System.Text;

namespace NotebookEngine.Tests;

public sealed class NotebookSavingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("notebook-saving-");

    private string File1 => Path.Combine(_folder.FullName, "a.ipynb");

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows()) _folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_byte_order_mark_and_carriage_returns_survive_a_change()
    {
        var text = "\uFEFF" + Sample.Text("jupyter").ReplaceLineEndings("\r\n");
        File.WriteAllBytes(File1, Encoding.UTF8.GetBytes(text));
        var document = NotebookDocument.Load(File1);

        document.Cells[2].SetOutputs(9, []);
        document.Save();

        File.ReadAllBytes(File1).Should().Equal(Encoding.UTF8.GetBytes(
            text.Replace("\"execution_count\": null", "\"execution_count\": 9", StringComparison.Ordinal)));
        FilesInFolder().Should().Equal("a.ipynb");
    }

    [Fact]
    public void An_unchanged_notebook_does_not_touch_its_file()
    {
        File.WriteAllText(File1, Sample.Text("jupyter"));
        var written = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(File1, written);

        NotebookDocument.Load(File1).Save();

        File.GetLastWriteTimeUtc(File1).Should().Be(written);
    }

    [Fact]
    public void Edits_made_by_another_program_in_the_meantime_are_not_overwritten()
    {
        File.WriteAllText(File1, Sample.Text("jupyter"));
        var document = NotebookDocument.Load(File1);
        document.Cells[2].SetOutputs(9, []);
        File.WriteAllText(File1, Sample.Text("colab"));

        var save = () => document.Save();

        save.Should().Throw<NotebookSaveException>().WithMessage("*a.ipynb was not saved and is unchanged: another program changed the file*")
            .Which.Path.Should().Be(File1);
        File.ReadAllText(File1).Should().Be(Sample.Text("colab"));
    }

    [Fact]
    public void Saving_twice_and_elsewhere_works()
    {
        File.WriteAllText(File1, Sample.Text("jupyter"));
        var document = NotebookDocument.Load(File1);
        var copy = Path.Combine(_folder.FullName, "copy.ipynb");

        document.Cells[2].SetOutputs(8, []);
        document.Save();
        document.Cells[2].SetOutputs(9, []);
        document.Save();
        document.Save(copy);

        NotebookDocument.Load(File1).Cells[2].ExecutionCount.Should().Be(9);
        File.ReadAllText(copy).Should().Be(File.ReadAllText(File1));
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void A_symbolic_link_stays_and_its_target_keeps_its_permissions()
    {
        Skip.If(OperatingSystem.IsWindows(), "Links and modes of this kind are Unix's.");
        File.WriteAllText(File1, Sample.Text("jupyter"));
        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
        File.SetUnixFileMode(File1, Mode);
        var link = Path.Combine(_folder.CreateSubdirectory("links").FullName, "link.ipynb");
        File.CreateSymbolicLink(link, "../a.ipynb");

        var document = NotebookDocument.Load(link);
        document.Cells[2].SetOutputs(9, []);
        document.Save();

        new FileInfo(link).LinkTarget.Should().Be("../a.ipynb");
        NotebookDocument.Load(File1).Cells[2].ExecutionCount.Should().Be(9);
        File.GetUnixFileMode(File1).Should().Be(Mode);
    }

    [Fact]
    public void A_failure_leaves_the_old_file_and_nothing_else()
    {
        // A folder in the file's place makes the last step, the rename, fail for every user, root included.
        Directory.CreateDirectory(File1);
        File.WriteAllText(Path.Combine(File1, "inside"), "x");

        var save = () => NotebookDocument.Create().Save(File1);

        save.Should().Throw<NotebookSaveException>().WithMessage("*a.ipynb was not saved and is unchanged:*Check that*");
        FilesInFolder().Should().BeEmpty();
        Directory.GetDirectories(_folder.FullName).Should().Equal(File1);
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var save = () => NotebookDocument.Create().Save(Path.Combine(_folder.FullName, "none", "a.ipynb"));

        save.Should().Throw<NotebookSaveException>().WithMessage("*none*Check that the folder exists*");
    }

    [SkippableFact]
    public void A_write_protected_file_is_respected()
    {
        File.WriteAllText(File1, Sample.Text("jupyter"));
        File.SetAttributes(File1, FileAttributes.ReadOnly);
        Skip.IfNot(new FileInfo(File1).IsReadOnly, "This user may write everywhere.");
        var document = NotebookDocument.Load(File1);
        document.Cells[2].SetOutputs(9, []);

        var save = () => document.Save();

        save.Should().Throw<NotebookSaveException>().WithMessage("*write-protected*");
        File.SetAttributes(File1, FileAttributes.Normal);
        File.ReadAllText(File1).Should().Be(Sample.Text("jupyter"));
    }

    [SkippableFact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_may_not_be_written_is_an_error_that_says_so()
    {
        Skip.If(OperatingSystem.IsWindows(), "Modes of folders are Unix's.");
        Skip.If(Environment.UserName == "root", "root may write everywhere.");
        File.WriteAllText(File1, Sample.Text("jupyter"));
        var document = NotebookDocument.Load(File1);
        document.Cells[2].SetOutputs(9, []);
        _folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;

        var save = () => document.Save();

        save.Should().Throw<NotebookSaveException>().WithMessage("*denied*");
        File.ReadAllText(File1).Should().Be(Sample.Text("jupyter"));
    }

    private IEnumerable<string?> FilesInFolder() => Directory.GetFiles(_folder.FullName).Select(Path.GetFileName);
}
