using System.Globalization;
using NotebookEngine;

// The smallest program that hosts notebooks, for tests that need real processes.
switch (args)
{
    case [NotebookHost.Verb, ..]:
        return await NotebookHost.RunAsync(args[1..]);

    // Starts a notebook whose cell never ends and says its process id, for tests that kill this program then.
    case ["owner", var code]:
        var notebook = await NotebookProcess.StartAsync(new NotebookProcessOptions());
        await notebook.RunAsync(
            "spin",
            code,
            Timeout.InfiniteTimeSpan,
            _ => Console.WriteLine(notebook.Id.ToString(CultureInfo.InvariantCulture)));
        return 0;

    default:
        return 2;
}
