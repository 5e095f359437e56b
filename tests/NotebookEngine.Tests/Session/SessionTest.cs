using System.Diagnostics.CodeAnalysis;

namespace NotebookEngine.Tests.Session;

/// <summary>What tests of sessions share: a session with a folder of its own.</summary>
[Collection(SessionsInThisProcess.Name)]
[SuppressMessage("Design", "CA1063", Justification = "nothing but managed state")]
[SuppressMessage("Usage", "CA1816", Justification = "no finalizer")]
public abstract class SessionTest : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("session-tests-");
    private readonly List<OutputEvent> _stray = [];

    protected SessionTest()
    {
        Session = new ScriptSession(
            new ScriptSessionOptions { WorkingDirectory = Folder },
            output =>
            {
                lock (_stray) _stray.Add(output);
            });
    }

    protected ScriptSession Session { get; }

    protected string Folder => _folder.FullName;

    protected IReadOnlyList<OutputEvent> StrayOutputs
    {
        get
        {
            lock (_stray) return [.. _stray];
        }
    }

    public void Dispose()
    {
        Session.Dispose();
        _folder.Delete(recursive: true);
    }

    protected Task<CellResult> RunAsync(string code) => Session.RunAsync("cell", code);

    /// <summary>Runs a cell that must end well, and gives the plain text of its value.</summary>
    protected async Task<string?> ValueAsync(string code)
    {
        var result = await RunAsync(code);
        result.Error.Should().BeNull();
        result.Status.Should().Be(CellStatus.Ok);
        return result.Outputs.OfType<ResultOutput>().SingleOrDefault()?.Data["text/plain"];
    }

    protected async Task<CellError> ErrorAsync(string code)
    {
        var result = await RunAsync(code);
        result.Status.Should().Be(CellStatus.Failed);
        result.Outputs[^1].Should().Be(result.Error!.ToOutput());
        return result.Error;
    }
}
