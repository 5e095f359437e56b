using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Workshop.Isolation;

namespace NotebookHost.Tests;

/// <summary>What tests of cells share: a notebook in a real process, with a folder of its own.</summary>
[SuppressMessage("Design", "CA1001", Justification = "disposed by xunit through IAsyncLifetime")]
public abstract partial class NotebookTest : IAsyncLifetime
{
    /// <summary>Generous: a test that waits this long has failed, whatever the machine.</summary>
    private protected static readonly TimeSpan Ample = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("notebook-tests-");

    private protected NotebookProcess Notebook { get; private set; } = null!; // Set by InitializeAsync, before any test.

    protected string Folder => _folder.FullName;

    public async ValueTask InitializeAsync() => Notebook = await NotebookProcess.StartAsync(Folder);

    public async ValueTask DisposeAsync()
    {
        await Notebook.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private protected Task<CellResult> RunAsync(string code, string id = "cell") => Notebook.RunAsync(id, code, Ample);

    /// <summary>Runs a cell that must end well, and gives the text of its value.</summary>
    protected async Task<string?> ValueAsync(string code)
    {
        var result = await RunAsync(code);
        result.Error.Should().BeNull();
        return ValueOf(result);
    }

    private protected async Task<CellError> ErrorAsync(string code)
    {
        var result = await RunAsync(code);
        result.Error.Should().NotBeNull();
        result.Outputs[^1].Type.Should().Be(CellOutput.ErrorType);
        result.Outputs[^1].ErrorValue.Should().Be(result.Error!.Message);
        return result.Error;
    }

    private protected static string TextOf(CellResult result, string stream = CellOutput.Stdout) =>
        string.Concat(result.Outputs
            .Where(output => output.Type == CellOutput.StreamType && output.StreamName == stream)
            .Select(output => output.Text));

    private protected static string? ValueOf(CellResult result) =>
        result.Outputs.SingleOrDefault(output => output.Type == CellOutput.ResultType) is { } value ? TextOf(value) : null;

    /// <summary>The words of a value, whatever form it has.</summary>
    private protected static string TextOf(CellOutput value) =>
        value.Form("text/plain") ?? System.Net.WebUtility.HtmlDecode(Markup().Replace(value.Form("text/html") ?? "", ""));

    [GeneratedRegex("<style>.*?</style>|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Markup();
}
