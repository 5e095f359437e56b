namespace ConcurrencyNotebooks;

/// <summary>The way in which work runs beside other work; every chart gives each model its own colour.</summary>
/// <example>
/// <code>
/// using static ConcurrencyNotebooks.ConcurrencyModel;
///
/// var timeline = new Timeline("One wait");
/// using (timeline.Span("a wait", Threads, waiting: true)) Thread.Sleep(10);
/// </code>
/// </example>
public enum ConcurrencyModel
{
    /// <summary>One piece of work after the other; grey.</summary>
    Sequential,

    /// <summary>Threads of one process, sharing its memory; blue.</summary>
    Threads,

    /// <summary>Processes of their own, sharing nothing; green.</summary>
    Processes,

    /// <summary>Asynchronous work that gives its thread back while it waits; violet.</summary>
    Async,
}
