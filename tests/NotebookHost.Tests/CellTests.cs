namespace NotebookHost.Tests;

public sealed class CellTests : NotebookTest
{
    [Fact]
    public async Task Variables_methods_and_types_live_from_cell_to_cell_and_can_be_declared_anew()
    {
        await ValueAsync("var x = 1; int Twice(int n) => 2 * n; record Point(int X, int Y);");
        (await ValueAsync("Twice(x) + new Point(3, 4).Y")).Should().Be("6");

        await ValueAsync("var x = \"now text\"; int Twice(int n) => 20 * n; record Point(string Name);");

        (await ValueAsync("x.Length + Twice(1) + new Point(\"abc\").Name.Length")).Should().Be("31");
    }

    [Fact]
    public async Task A_using_holds_for_the_cells_after_it_also_when_it_stands_alone()
    {
        await ValueAsync("using System.IO;");
        await ValueAsync("// a comment only");

        (await ValueAsync("Path.GetExtension(\"a.txt\")")).Should().Be(".txt");
    }

    [Fact]
    public async Task A_cell_that_needs_an_unusual_assembly_shares_the_types_of_the_cells_before_it()
    {
        await ValueAsync("using System.Net.Http;");
        await ValueAsync("var client = new HttpClient(); int Timeouts(HttpClient some) => some == client ? 1 : 0;");

        (await ValueAsync("HttpClient same = client; System.Xml.Linq.XElement.Parse(\"<a/>\").Name.LocalName + Timeouts(same)"))
            .Should().Be("a1");
        (await ValueAsync("HttpClient again = same; Timeouts(again) + Enumerable.Range(0, 5).AsParallel().Count()")).Should().Be("6");
    }

    [Fact]
    public async Task Await_works_at_the_top_level_and_the_cell_waits_for_it()
    {
        (await ValueAsync("var gate = new TaskCompletionSource<int>(); _ = Task.Run(() => gate.SetResult(5)); var five = await "
            + "gate.Task; five"))
            .Should().Be("5");
        (await ValueAsync("five + await Task.FromResult(1)")).Should().Be("6");
    }

    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("Math.Abs(-1);", null)]
    [InlineData("var a = 1;", null)]
    [InlineData("Console.Write(1)", null)]
    [InlineData("return 7;", "7")]
    [InlineData("", null)]
    public async Task The_value_of_a_cell_is_its_last_expression_without_a_semicolon(string code, string? value) =>
        (await ValueAsync(code)).Should().Be(value);

    [Fact]
    public async Task Null_is_a_value_too() =>
        (await RunAsync("(string)null")).Outputs.Should().ContainSingle().Which.Type.Should().Be(CellOutput.ResultType);

    [Theory]
    [InlineData("new StringBuilder(\"text\").Length")]
    [InlineData("new ArrayList().Count")]
    [InlineData("new List<int>().Count")]
    [InlineData("Enumerable.Range(0, 3).Count()")]
    [InlineData("await Task.FromResult(1)")]
    [InlineData("System.Text.Json.JsonSerializer.Serialize(1)")]
    [InlineData("typeof(System.Net.Http.HttpClient).Name")]
    [InlineData("System.Xml.Linq.XElement.Parse(\"<a/>\").Name.LocalName")]
    [InlineData("System.Threading.Channels.Channel.CreateUnbounded<int>().Reader.Count")]
    [InlineData("new System.Data.DataTable().Rows.Count")]
    [InlineData("typeof(System.Collections.Concurrent.ConcurrentBag<>).Name")]
    [InlineData("System.Numerics.BigInteger.Pow(2, 10)")]
    [InlineData("System.IO.Compression.CompressionLevel.Fastest")]
    [InlineData("new System.Net.Sockets.TcpClient().Connected")]
    [InlineData("System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription")]
    public async Task The_default_usings_and_every_namespace_of_the_framework_are_there(string code) =>
        (await ValueAsync(code)).Should().NotBeNullOrEmpty();

    [Theory]
    [InlineData("Path.GetTempPath()")]
    [InlineData("Thread.Yield()")]
    [InlineData("Stopwatch.StartNew()")]
    [InlineData("Microsoft.CodeAnalysis.LanguageNames.CSharp")]
    [InlineData("Xunit.Record.Exception(null)")]
    public async Task Other_usings_and_the_packages_of_the_host_are_not(string code) =>
        (await ErrorAsync(code)).Message.Should().MatchRegex("CS0103|CS0234|CS0246");

    [Fact]
    public async Task Cells_are_compiled_with_optimisation() =>
        (await ValueAsync(
            """
            var attribute = (System.Diagnostics.DebuggableAttribute)Attribute.GetCustomAttribute(
                System.Reflection.Assembly.GetExecutingAssembly(), typeof(System.Diagnostics.DebuggableAttribute));
            attribute is null || !attribute.IsJITOptimizerDisabled
            """)).Should().BeEquivalentTo("true");

    [Fact]
    public async Task The_language_is_of_version_14() =>
        (await ValueAsync("class Counted { public int N { get => field; set => field = value + 1; } } new Counted { N = 1 }.N"))
            .Should().Be("2");

    [Fact]
    public async Task Hundreds_of_cells_see_each_others_variables()
    {
        await ValueAsync("var x0 = 0;");
        for (var i = 1; i <= 150; i++) await ValueAsync($"var x{i} = x{i - 1} + 1;");

        (await ValueAsync("x150 + x75")).Should().Be("225");
    }

    [Fact]
    public async Task Variables_of_the_first_cell_survive_its_exception()
    {
        await ErrorAsync("var kept = 5; throw new Exception(\"no\");");

        (await ValueAsync("kept")).Should().Be("5");
    }

    [Fact]
    public async Task A_local_function_in_a_block_makes_no_value() =>
        (await RunAsync("{ int F() { return 1; } F(); }")).Outputs.Should().BeEmpty();

    [Fact]
    public async Task The_name_of_the_language_may_stand_above_the_code() => (await ValueAsync("#!csharp\n1 + 1")).Should().Be("2");

    [Theory]
    [InlineData("\n#!fsharp\nlet x = 1", "#!fsharp", 2)]
    [InlineData("var a = 1;\n#!time\na", "#!time", 2)]
    [InlineData("#!time\n1", "#!time", 1)]
    public async Task A_magic_line_that_does_not_work_is_named(string code, string name, int line)
    {
        var error = await ErrorAsync(code);

        error.Message.Should().Contain($"'{name}").And.Contain("#!csharp");
        error.Line.Should().Be(line);
    }

    [Fact]
    public async Task What_looks_like_a_magic_line_inside_a_string_is_text() =>
        (await ValueAsync("\"\"\"\n#!fsharp\n\"\"\".Length")).Should().Be("8");
}
