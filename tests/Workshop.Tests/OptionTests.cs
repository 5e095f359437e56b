using System.CommandLine;
using System.Diagnostics;
using Workshop.Commands;

namespace Workshop.Tests;

/// <summary>Each option of each verb with each odd value: the program ends with 0, 1 or 2 and a sentence.</summary>
[Collection(nameof(SharedProcess))]
public sealed class OptionTests : IDisposable
{
    private static readonly Dictionary<string, string> OddValues = new()
    {
        ["empty"] = "",
        ["spaces"] = "  ",
        ["comma number"] = "1,5",
        ["negative"] = "-1",
        ["huge number"] = new('9', 400),
        ["NUL"] = "a\0b",
        ["not ASCII"] = "日本語 é\u0301 👩‍👩‍👧 \u202E",
        ["long"] = new('x', 5_000),
        ["longer"] = new('x', 40_000),
        ["deep"] = string.Concat(Enumerable.Repeat("a/", 3_000)),
        ["not a number"] = "NaN",
        ["an option"] = "--",
        ["control"] = "\u001b[2J",
    };

    private readonly Workspace _workspace = new();
    private readonly string _folder = Directory.GetCurrentDirectory();
    private readonly (TextWriter Out, TextWriter Error) _console = (Console.Out, Console.Error);
    private readonly string? _data = Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR");

    public OptionTests()
    {
        // A clone of one lesson that cannot be read: whatever the options, no cell runs, and no kernel can be set up.
        _workspace.Write("ConcurrencyNotebooks.sln", "");
        _workspace.Write("notebooks/01-broken.ipynb", "{");
        Directory.SetCurrentDirectory(_workspace.Folder);
        Environment.SetEnvironmentVariable("JUPYTER_DATA_DIR", _workspace["jupyter"]);
    }

    /// <summary>The verbs with their options and, as the empty option, their arguments.</summary>
    public static TheoryData<string, string> Options
    {
        get
        {
            var data = new TheoryData<string, string>();
            var root = WorkshopProgram.Create();
            foreach (var command in root.Subcommands.Prepend(root))
            {
                var verb = command is RootCommand ? "" : command.Name;
                var names = command.Options.Select(option => option.Name).Where(name => name != "--version");
                foreach (var name in names.Append("")) data.Add(verb, name);
            }

            return data;
        }
    }

    public void Dispose()
    {
        Console.SetOut(_console.Out);
        Console.SetError(_console.Error);
        Directory.SetCurrentDirectory(_folder);
        Environment.SetEnvironmentVariable("JUPYTER_DATA_DIR", _data);
        _workspace.Dispose();
    }

    [Theory]
    [MemberData(nameof(Options))]
    public async Task An_odd_value_ends_with_a_sentence(string verb, string option)
    {
        string[] before = verb.Length > 0 ? [verb] : [];
        foreach (var (kind, value) in OddValues)
        {
            await SaysAsync(kind, [.. before, .. option.Length > 0 ? new[] { option, value } : [value]]);
            if (option.Length > 0 && verb != "jupyter") await SaysAsync(kind, [.. before, $"{option}={value}"]);
        }

        // Jupyter's other options are flags, which set something up when they stand alone.
        if (option.Length > 0 && (verb != "jupyter" || option == "--port")) await SaysAsync("missing", [.. before, option]);
    }

    [Fact]
    public async Task A_working_directory_that_is_gone_is_said()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not let a folder go in which a program works.");
        string[] command = [ProgramRun.DotNet, typeof(WorkshopProgram).Assembly.Location, "check"];
        const string Script = "mkdir gone && cd gone && rmdir ../gone && exec \"$@\"";
        var start = new ProcessStartInfo("sh", ["-c", Script, "sh", .. command])
        {
            WorkingDirectory = _workspace.Folder,
            RedirectStandardError = true,
        };

        using var program = Process.Start(start)!;
        var said = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();

        said.Should().StartWith("The folder in which this program was started does not exist any more.").And.NotContain("   at ");
        program.ExitCode.Should().Be(2);
    }

    private static async Task SaysAsync(string kind, string[] arguments)
    {
        using var said = new StringWriter();
        Console.SetOut(said);
        Console.SetError(said);

        var code = await WorkshopProgram.RunAsync(arguments);

        code.Should().BeOneOf([0, 1, 2], $"{kind} in {string.Join(' ', arguments)[..Math.Min(80, string.Join(' ', arguments).Length)]}");
        said.ToString().Should().MatchRegex("[a-z]{3} [a-z]", kind).And.NotContain("   at ", kind);
    }
}
