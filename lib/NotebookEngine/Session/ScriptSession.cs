using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace NotebookEngine;

/// <summary>
/// Runs the cells of one notebook, one after the other, in this process: C# scripting with state kept from cell to
/// cell, compiled with optimisation.
/// </summary>
/// <remarks>
/// A session redirects the process's console from its creation to its disposal, so there should be one at a time. A
/// cell can take its process down; <see cref="NotebookProcess"/> gives a session a process of its own.
/// </remarks>
public sealed class ScriptSession : IDisposable
{
    /// <summary>
    /// What a program's main thread has on Linux and macOS: a cell may recurse as deep as a program may, and runaway
    /// recursion still ends in moments. Other threads would get 1.5 MB, on Windows the main thread as well.
    /// </summary>
    private const int StackBytes = 8 << 20;

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly TextWriter _consoleOut = Console.Out;
    private readonly TextWriter _consoleError = Console.Error;
    private readonly TextReader _consoleIn = Console.In;
    private readonly Action<OutputEvent>? _onStrayOutput;
    private readonly ConsoleCapture _console;
    private readonly ScriptLoadContext _loader = new();
    private readonly PackageResolver _packages;
    private readonly CellRunner _runner;
    private readonly Task<(ScriptCompiler Compiler, ScriptReferenceResolver Resolver)> _compiler;
    private volatile RunningCell? _running;

    /// <summary>Starts a session; the compiler gets ready in the background.</summary>
    /// <param name="options">How it sees its surroundings; null for the defaults.</param>
    /// <param name="onStrayOutput">Gets what threads write to the console while no cell runs; null loses it.</param>
    public ScriptSession(ScriptSessionOptions? options = null, Action<OutputEvent>? onStrayOutput = null)
    {
        options ??= new ScriptSessionOptions();
        _onStrayOutput = onStrayOutput;
        _packages = new PackageResolver(options.WorkingDirectory);
        _runner = new CellRunner(_loader);
        _console = new ConsoleCapture(options.ConsoleLimit, output => Send(output));
        _compiler = Task.Run(() =>
        {
            var framework = new FrameworkReferences();
            var resolver = new ScriptReferenceResolver(options.WorkingDirectory, framework, _loader);
            return (new ScriptCompiler(options.WorkingDirectory, framework, resolver), resolver);
        });
        Console.SetOut(_console.Out);
        Console.SetError(_console.Error);
        Console.SetIn(TextReader.Null);
    }

    /// <summary>Runs a cell to its end.</summary>
    /// <param name="cellId">Names the cell in errors and stack frames.</param>
    /// <param name="code">Its source, magic lines included.</param>
    /// <param name="onOutput">Called for everything that the cell shows, while it runs, from any thread.</param>
    /// <param name="cancellationToken">
    /// Interrupts the cell, as <see cref="Interrupt"/> does; the result then says so. A cell that hangs in native code
    /// cannot be interrupted: then the returned task does not end either.
    /// </param>
    public async Task<CellResult> RunAsync(
        string cellId, string code, Action<OutputEvent>? onOutput = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(cellId);
        ArgumentNullException.ThrowIfNull(code);
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            using var interruption = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var cell = new RunningCell(cellId, onOutput, interruption);
            _running = cell;
            var watch = Stopwatch.StartNew();
            var magic = MagicLines.Read(code);
            var error = magic.Error ?? await RunOnThreadOfItsOwnAsync(cell, magic);

            // What the cell's end shows comes after what it printed.
            _console.EndCell();
            if (magic.ShowTime) Send(new DisplayOutput(MimeBundle.PlainText(WallTime(watch.Elapsed))));
            if (error is not null) Send(error.ToOutput());
            return new CellResult(StatusOf(error), cell.Outputs.ToList(), watch.Elapsed, error);
        }
        finally
        {
            _running = null;
            _oneAtATime.Release();
        }
    }

    /// <summary>Stops the running cell, if there is one. Variables that it set stay.</summary>
    public void Interrupt()
    {
        try
        {
            _running?.Interrupt();
        }
        catch (ObjectDisposedException)
        {
            // The cell ended in this moment.
        }
    }

    /// <summary>Passes on what was printed so far; for the moment before a process ends.</summary>
    public void FlushConsole() => _console.Flush();

    /// <summary>Gives the console back to the process. Threads that cells started go on.</summary>
    public void Dispose()
    {
        Console.SetOut(_consoleOut);
        Console.SetError(_consoleError);
        Console.SetIn(_consoleIn);
        _console.Dispose();
        _oneAtATime.Dispose();
    }

    private static CellStatus StatusOf(CellError? error) => error?.Name switch
    {
        null => CellStatus.Ok,
        CellError.Interrupt => CellStatus.Interrupted,
        _ => CellStatus.Failed,
    };

    private static string WallTime(TimeSpan elapsed) =>
        string.Create(CultureInfo.InvariantCulture, $"Wall time: {elapsed.TotalMilliseconds:0.0} ms");

    /// <summary>
    /// A thread for each cell: it can be aborted without harm to anybody else, has a stack of known size, and a cell
    /// that blocks takes no thread from the pool. There is no synchronisation context on it, as in .NET Interactive:
    /// after an await a cell goes on wherever the awaited thing ended.
    /// </summary>
    private Task<CellError?> RunOnThreadOfItsOwnAsync(RunningCell cell, MagicLines magic)
    {
        // What follows a cell that ran through runs on its thread, which has nothing else to do: each change of threads
        // takes its time on a busy machine.
        var completion = new TaskCompletionSource<Task<CellError?>>();
        var thread = new Thread(Run, StackBytes)
        {
            IsBackground = true,
            Name = "cell " + cell.Id,
        };
        cell.Interruption.Register(() =>
        {
            // Threads of their own: the pool may be what the cell has used up, and the abort blocks until it has struck.
            StartThread(cell.Abort.Cancel, "abort");
            StartThread(() => Wake(cell, thread), "wake");
        });
        thread.Start();
        return completion.Task.Unwrap();

        void Run()
        {
            var ended = RunAsync(cell, magic);

            // An interrupted thread may have another interruption coming, which must not meet what follows.
            if (cell.Interruption.IsCancellationRequested) StartThread(() => completion.SetResult(ended), "end of interrupted cell");
            else completion.SetResult(ended);
        }
    }

    private static void StartThread(ThreadStart start, string name) =>
        new Thread(start) { IsBackground = true, Name = name }.Start();

    /// <summary>
    /// An abort that comes while a thread is shielded can pass by the wait that the thread enters next. Interrupting the
    /// wait brings the thread back to where the abort finds it.
    /// </summary>
    private void Wake(RunningCell cell, Thread thread)
    {
        for (var i = 0; i < 20; i++)
        {
            Thread.Sleep(100);
            if (!thread.IsAlive || _running != cell) return;
            thread.Interrupt();
        }
    }

    private async Task<CellError?> RunAsync(RunningCell cell, MagicLines magic)
    {
        try
        {
            NotebookDisplay.Sink = new SessionSink(this);
            if (magic.Markup is { } markup)
            {
                Send(new DisplayOutput(markup));
                return null;
            }

            var compilation = Compile(cell, magic.Code, out var error);
            if (compilation is null) return error;

            var value = await ExecuteAsync(compilation, cell);
            if (value is not null || compilation.EndsWithValue())
            {
                // Formatting runs the value's own code, which may loop like any other code of the cell.
                var bundle = CellRunner.RunAbortable(() => Formatter.Format(value), cell.Abort.Token);
                _console.Flush();
                Send(new ResultOutput(bundle));
            }

            return null;
        }
        catch (Exception exception) when (cell.Interruption.IsCancellationRequested
            && exception is OperationCanceledException or ThreadInterruptedException)
        {
            return new CellError(
                CellError.Interrupt, $"The cell '{cell.Id}' was interrupted; the variables that it had set are kept.", null, null, []);
        }
#pragma warning disable CA1031 // Whatever a cell throws is its output and never ends the session.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return RuntimeErrors.Describe(exception, _loader.IsCell);
        }
    }

    private CellCompilation? Compile(RunningCell cell, string code, out CellError? error)
    {
        var tree = ScriptCompiler.Parse(cell.Id, code, cell.Interruption);
        error = MagicLines.FindMisplaced(tree);
        if (error is not null) return null;

        var (compiler, resolver) = _compiler.GetAwaiter().GetResult();
        if (TryRestorePackages(tree, resolver, cell.Interruption, out error) is not { } packages) return null;

        var compilation = compiler.Compile(tree, packages, out var errors, cell.Interruption);
        if (errors.Count > 0) error = CompileErrors.Describe(cell.Id, errors, resolver.FindFailure);
        return compilation;
    }

    private List<MetadataReference>? TryRestorePackages(
        SyntaxTree tree, ScriptReferenceResolver resolver, CancellationToken cancellationToken, out CellError? error)
    {
        error = null;
        var references = new List<MetadataReference>();
        foreach (var directive in ScriptCompiler.PackageReferences(tree))
        {
            try
            {
                var package = _packages.Resolve(PackageDirective.Parse(directive.File.ValueText), cancellationToken);
                references.AddRange(package.Compile.Select(resolver.TryOpen).OfType<MetadataReference>());
                foreach (var path in package.Run) _loader.AddLibrary(path);
                foreach (var path in package.Native) _loader.AddNativeLibrary(path);
            }
            catch (PackageNotAvailableException unavailable)
            {
                var line = directive.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                error = new CellError(CellError.PackageNotAvailable, unavailable.Message, line, 1, []);
                return null;
            }
        }

        return references;
    }

    private async Task<object?> ExecuteAsync(CellCompilation compilation, RunningCell cell)
    {
        var start = _runner.Load(compilation, cell.Interruption);
        var hasVariables = false;
        try
        {
            var task = _runner.Start(start, out hasVariables, cell.Abort.Token);
            return await task.WaitAsync(cell.Interruption);
        }
        finally
        {
            // Also after an exception: what the cell declared and set before it survives.
            if (hasVariables) _compiler.Result.Compiler.Accept(compilation);
        }
    }

    private void Send(CellOutput output, bool isUpdate = false)
    {
        var cell = _running;
        var sent = new OutputEvent(cell?.Id, output, isUpdate);
        if (cell is null) _onStrayOutput?.Invoke(sent);
        else cell.Send(sent);
    }

    /// <summary>Shows values in the order in which they and the console's text were produced.</summary>
    private sealed class SessionSink(ScriptSession session) : IDisplaySink
    {
        public void Display(MimeBundle bundle, string displayId) => Send(new DisplayOutput(bundle, displayId), isUpdate: false);

        public void Update(MimeBundle bundle, string displayId) => Send(new DisplayOutput(bundle, displayId), isUpdate: true);

        private void Send(DisplayOutput output, bool isUpdate)
        {
            AbortShield.Run((session, output, isUpdate), static shown =>
            {
                shown.session._console.Flush();
                shown.session.Send(shown.output, shown.isUpdate);
            });
        }
    }

    private sealed class RunningCell(string id, Action<OutputEvent>? onOutput, CancellationTokenSource interruption)
    {
        public string Id { get; } = id;

        public OutputCollector Outputs { get; } = new();

        /// <summary>Cancelled as soon as the cell is to end.</summary>
        public CancellationToken Interruption { get; } = interruption.Token;

        /// <summary>Cancelled after that, to abort what runs; never disposed, since nobody waits for the abort.</summary>
        public CancellationTokenSource Abort { get; } = new();

        public void Interrupt() => interruption.Cancel();

        public void Send(OutputEvent output)
        {
            Outputs.Add(output);
            onOutput?.Invoke(output);
        }
    }
}
