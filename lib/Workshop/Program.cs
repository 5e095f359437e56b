using NotebookEngine;
using Workshop.Commands;

namespace Workshop;

internal static class Program
{
    private static Task<int> Main(string[] args) =>
        // The process that runs a notebook starts here too, and before the command line's library is loaded: a child
        // takes milliseconds less, and what it says on its streams is for its parent alone.
        args is ["host", ..] ? NotebookHost.RunAsync(args[1..]) : WorkshopProgram.RunAsync(args);
}
