using System.Runtime;
using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Scripting;
using Microsoft.CodeAnalysis.Scripting.Hosting;

namespace NotebookHost;

/// <summary>
/// Runs the cells of one notebook, one after the other, in this process: Roslyn's scripting API, which .NET Interactive's
/// C# kernel wraps too, compiled with optimisation and with line numbers.
/// </summary>
/// <remarks>
/// A thread for each cell: it can be aborted without harm to anybody else, has a stack of known size, and a cell that
/// blocks takes no thread from the pool. There is no synchronisation context on it, as in .NET Interactive: after an
/// await a cell continues wherever the awaited thing ended.
/// </remarks>
[SuppressMessage("Design", "CA1001", Justification = "A session lives as long as its process.")]
internal sealed class ScriptSession
{
    // What a program's main thread has on Linux and macOS: a cell may recurse as deep as a program may, and runaway
    // recursion still ends in moments. Other threads would get 1.5 MB, on Windows the main thread as well.
    private const int StackBytes = 8 << 20;

    private static readonly string[] Imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        typeof(CellFunctions).FullName!,
    ];

    private readonly Action<CellOutput> _onOutput;
    private readonly ConsoleCapture _console;
    private readonly ReferenceResolver _references;
    private readonly PackageResolver _packages;
    private readonly InteractiveAssemblyLoader _loader = new();
    private readonly LibraryLoadContext _libraries = new();
    private readonly ScriptOptions _options;
    private readonly Task<ScriptState<object>> _start;
    private readonly List<(int Number, ScriptState<object>? State)> _numbered = [];
    private ScriptState<object>? _state;
    private bool _seesWholeFramework;
    private volatile RunningCell? _running;

    /// <summary>Starts a session; the compiler gets ready in the background.</summary>
    /// <param name="workingDirectory">What relative paths in <c>#r</c> and <c>#load</c> start from.</param>
    /// <param name="onOutput">Called for everything that is shown, at once and from any thread.</param>
    public ScriptSession(string workingDirectory, Action<CellOutput> onOutput)
    {
        _onOutput = onOutput;
        _packages = new PackageResolver(workingDirectory);
        _references = new ReferenceResolver(workingDirectory, _libraries);
        _console = new ConsoleCapture(onOutput);
        _options = ScriptOptions.Default
            .WithMetadataResolver(_references)
            .WithSourceResolver(new ScriptSourceResolver(workingDirectory))
            .WithReferences(Array.Empty<MetadataReference>())
            .WithImports()
            .WithOptimizationLevel(OptimizationLevel.Release)
            .WithLanguageVersion(LanguageVersion.CSharp14)
            .WithAllowUnsafe(true)
            .WithEmitDebugInformation(true)
            .WithFileEncoding(Encoding.UTF8);
        _start = Task.Run(StartAsync);
        Formatter.SubscribeToDisplayedValues(value => ShowForms(value.FormattedValues));
        CellFunctions.Show = ShowForms;
        Console.SetOut(_console.Out);
        Console.SetError(_console.Error);
        Console.SetIn(TextReader.Null);
    }

    /// <summary>Runs a cell to its end. One at a time.</summary>
    /// <param name="cellId">Its name in errors.</param>
    /// <param name="code">What it runs.</param>
    /// <param name="number">
    /// Its place in the notebook, where it is to see only what the cells of lower numbers declared: what a cell that was changed or
    /// removed had declared is gone, and what it did to their variables stays. Null continues from the cell that ran last.
    /// </param>
    /// <returns>Why it did not end well, null when it did; and how long it took.</returns>
    public async Task<(CellError? Error, TimeSpan Duration)> RunAsync(string cellId, string code, int? number)
    {
        if (number is { } place)
        {
            _numbered.RemoveAll(cell => cell.Number >= place);
            _state = _numbered.LastOrDefault().State;
        }

        var cell = _running = new RunningCell(cellId);
        var watch = Stopwatch.StartNew();
        try
        {
            var error = await RunOnThreadOfItsOwnAsync(cell, code);

            // What the cell's end shows comes after what it printed.
            _console.Flush();
            if (error is not null) _onOutput(CellOutput.Error(error));
            return (error, watch.Elapsed);
        }
        finally
        {
            _running = null;
            if (number is { } ran) _numbered.Add((ran, _state));
        }
    }

    /// <summary>Stops the running cell, if there is one. What the cells before it declared stays.</summary>
    public void Interrupt() => _running?.Interruption.Cancel();

    /// <summary>Passes on what was printed so far; for the moment before a process ends.</summary>
    public void FlushConsole() => _console.Flush();

    // An empty cell before the first: it warms the compiler up while the parent gets ready, and a notebook's first cell
    // then keeps its variables after an exception like every other.
    private async Task<ScriptState<object>> StartAsync()
    {
        _loader.RegisterDependency(typeof(CellFunctions).Assembly);
        _loader.RegisterDependency(typeof(Formatter).Assembly);
        var references = _references.UsualFramework()
            .Append(_references.Open(typeof(CellFunctions).Assembly.Location)!)
            .Append(_references.Open(typeof(Formatter).Assembly.Location)!);
        var options = _options.WithReferences(references).WithImports(Imports);
        return await CSharpScript.Create("", options, globalsType: null, _loader).RunAsync();
    }

    private Task<CellError?> RunOnThreadOfItsOwnAsync(RunningCell cell, string code)
    {
        // What follows a cell that ran through runs on its thread, which has nothing else to do: each change of threads
        // takes its time on a busy machine.
        var completion = new TaskCompletionSource<Task<CellError?>>();
        var thread = new Thread(Run, StackBytes) { IsBackground = true, Name = "cell " + cell.Id };
        cell.Token.Register(() =>
        {
            // Threads of their own: the pool may be what the cell has used up, and the abort blocks until it has struck.
            StartThread(cell.Abort.Cancel, "abort");
            StartThread(() => Wake(cell, thread), "wake");
        });
        thread.Start();
        return completion.Task.Unwrap();

        void Run()
        {
            var ended = RunAsync(cell, code);

            // An interrupted thread may have another interruption coming, which must not meet what follows.
            if (cell.Interruption.IsCancellationRequested) StartThread(() => completion.SetResult(ended), "end of interrupted cell");
            else completion.SetResult(ended);
        }
    }

    private static void StartThread(ThreadStart start, string name) =>
        new Thread(start) { IsBackground = true, Name = name }.Start();

    // An abort that comes while a thread is shielded can pass by the wait that the thread enters next. Interrupting the
    // wait brings the thread back to where the abort finds it.
    private void Wake(RunningCell cell, Thread thread)
    {
        for (var i = 0; i < 20; i++)
        {
            Thread.Sleep(100);
            if (!thread.IsAlive || _running != cell) return;
            thread.Interrupt();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "whatever a cell throws is its output and never ends the session")]
    private async Task<CellError?> RunAsync(RunningCell cell, string code)
    {
        try
        {
            _state ??= _start.GetAwaiter().GetResult();
            var script = Compile(cell, MagicLines.Blank(code), out var error);
            if (script is null) return error;

            var running = RunAbortable(() => script.RunFromAsync(_state, _ => true, cell.Token), cell.Abort.Token);
            _state = await running.WaitAsync(cell.Token);
            if (_state.Exception is { } thrown) return cell.IsInterruptedBy(thrown) ? Interrupted(cell) : RuntimeErrors.Describe(thrown);
            if (_state.ReturnValue is not DisplayedValue && (_state.ReturnValue is not null || EndsWithValue(script))) ShowResult(cell);
            return null;
        }
        catch (Exception exception) when (cell.IsInterruptedBy(exception))
        {
            return Interrupted(cell);
        }
        catch (PackageNotAvailableException unavailable)
        {
            var line = code.Split('\n').ToList().FindIndex(text => text.TrimStart().StartsWith("#r", StringComparison.Ordinal)) + 1;
            return new CellError(CellError.PackageNotAvailable, unavailable.Message, line, []);
        }
        catch (Exception exception)
        {
            return RuntimeErrors.Describe(exception);
        }
    }

    private static CellError Interrupted(RunningCell cell) => new(
        CellError.Interrupt, $"The cell '{cell.Id}' was interrupted; the variables of the cells before it are kept.", null, []);

    /// <summary>The cell on top of those before; null where there is nothing to run.</summary>
    private Script<object>? Compile(RunningCell cell, string code, out CellError? error)
    {
        var tree = CSharpSyntaxTree.ParseText(
            code, new CSharpParseOptions(LanguageVersion.CSharp14, kind: SourceCodeKind.Script), cancellationToken: cell.Token);
        error = MagicLines.Find(tree);
        if (error is not null) return null;

        var references = AddReferences(cell, tree);
        var script = Compile(cell, code, references, out var errors);
        if (errors.Count > 0 && !_seesWholeFramework)
        {
            // What is referenced so far is complete in itself, netstandard.dll aside: no type of a library becomes another one.
            var whole = Compile(cell, code, _references.WholeFramework().Concat(references), out var errorsWithAll);
            _seesWholeFramework = errorsWithAll.Count == 0;
            if (_seesWholeFramework) (script, errors) = (whole, errorsWithAll);
        }

        if (errors.Count > 0) error = CompileErrors.Describe(cell.Id, errors, _references.FindFailure);
        return errors.Count > 0 ? null : script;
    }

    private Script<object> Compile(
        RunningCell cell, string code, IEnumerable<MetadataReference> references, out IReadOnlyList<Diagnostic> errors)
    {
        var script = _state!.Script.ContinueWith<object>(code, _options.WithFilePath(cell.Id).WithReferences(references));
        errors = [.. script.Compile(cell.Token).Where(found => found.Severity == DiagnosticSeverity.Error)
            .OrderBy(found => found.Location.SourceSpan.Start)];
        return script;
    }

    private List<MetadataReference> AddReferences(RunningCell cell, SyntaxTree tree)
    {
        var directives = tree.GetCompilationUnitRoot().GetReferenceDirectives().Select(directive => directive.File.ValueText).ToList();
        var wanted = directives.Where(PackageDirective.IsPackage).Select(PackageDirective.Parse).ToList();
        var needed = directives.Where(reference => !PackageDirective.IsPackage(reference)).SelectMany(_references.FrameworkFor).ToList();
        if (wanted.Count == 0) return needed;

        var packages = _packages.Resolve(wanted, cell.Token);
        foreach (var path in packages.Assemblies) _libraries.AddLibrary(path);
        foreach (var path in packages.Native) _libraries.AddNativeLibrary(path);
        foreach (var path in packages.Extensions.Distinct())
        {
            if (KernelExtensions.Load(_libraries.LoadFromAssemblyPath(path)) is { } failure)
                _onOutput(CellOutput.Stream(CellOutput.Stderr, failure + "\n"));
        }

        // At once, before any of their types is bound: packages are often built against the whole of netstandard.
        var framework = _seesWholeFramework ? [] : _references.WholeFramework();
        _seesWholeFramework = true;
        return [.. needed, .. framework, .. packages.Assemblies.Select(_references.Open).OfType<MetadataReference>()];
    }

    /// <summary>Calls something on this thread in a way that a cancellation can abort at any instruction.</summary>
    private static T RunAbortable<T>(Func<T> call, CancellationToken cancellationToken)
    {
        T? result = default;
#pragma warning disable SYSLIB0046 // Nothing else ends a loop in managed code, and authors expect to be able to stop a cell.
        ControlledExecution.Run(() => result = call(), cancellationToken);
#pragma warning restore SYSLIB0046
        return result!;
    }

    // Whether the cell ends with an expression that has a value; asked only when that value is null, since then it cannot
    // be told from no value.
    private static bool EndsWithValue(Script script)
    {
        var tree = script.GetCompilation().SyntaxTrees.Last();
        if (tree.GetCompilationUnitRoot().Members.LastOrDefault() is not GlobalStatementSyntax last) return false;
        return last.Statement switch
        {
            ReturnStatementSyntax { Expression: not null } => true,
            ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement =>
                script.GetCompilation().GetSemanticModel(tree).GetTypeInfo(statement.Expression).ConvertedType
                    is { SpecialType: not SpecialType.System_Void },
            _ => false,
        };
    }

    private void ShowResult(RunningCell cell)
    {
        // Formatting runs the value's own code, which may loop like any other code of the cell.
        var forms = RunAbortable(() => ValueForms.Of(_state!.ReturnValue), cell.Abort.Token);
        _console.Flush();
        _onOutput(CellOutput.Result(Pairs(forms)));
    }

    // In the order in which values and the console's text were produced.
    private void ShowForms(IReadOnlyList<FormattedValue> forms) => AbortShield.Run((Session: this, Forms: forms), static shown =>
    {
        shown.Session._console.Flush();
        shown.Session._onOutput(CellOutput.Display(Pairs(shown.Forms)));
    });

    private static IEnumerable<(string MimeType, string Content)> Pairs(IReadOnlyList<FormattedValue> forms) =>
        forms.Select(form => (form.MimeType, form.Value));

    /// <summary>
    /// Neither of its sources is ever disposed: nobody waits for the abort, and an interruption may come as the cell ends.
    /// </summary>
    private sealed class RunningCell(string id)
    {
        public string Id { get; } = id;

        public CancellationTokenSource Interruption { get; } = new();

        /// <summary>Cancelled after that, to abort what runs.</summary>
        public CancellationTokenSource Abort { get; } = new();

        public CancellationToken Token => Interruption.Token;

        public bool IsInterruptedBy(Exception exception) =>
            Interruption.IsCancellationRequested
            && exception is OperationCanceledException or ThreadInterruptedException or ThreadAbortException;
    }
}
