namespace ConcurrencyNotebooks;

/// <summary>One stretch of time on a <c>Timeline</c>: open from <c>Timeline.Span</c> to its disposal, which records it.</summary>
/// <remarks>Disposing it twice records it once. It may be disposed on another thread than its own, as after an await.</remarks>
public sealed class TimelineSpan : IDisposable
{
    private readonly Action<TimelineSpan>? _record;
    private int _ended;

    internal TimelineSpan(
        Action<TimelineSpan>? record, string name, string lane, ConcurrencyModel? model, bool isWaiting, long start, long end)
    {
        (_record, Name, Lane, Model, IsWaiting) = (record, name, lane, model, isWaiting);
        (StartTimestamp, EndTimestamp) = (start, end);
    }

    /// <summary>The label of the span.</summary>
    public string Name { get; }

    /// <summary>The lane in which it is drawn: its own, or one per thread of this process and one per other process.</summary>
    public string Lane { get; }

    /// <summary>The model that it shows, which gives it its colour.</summary>
    public ConcurrencyModel? Model { get; }

    /// <summary>Whether it waits and does not work; it is drawn paler.</summary>
    public bool IsWaiting { get; }

    /// <summary>The time from its start to its end.</summary>
    public TimeSpan Duration => Stopwatch.GetElapsedTime(StartTimestamp, EndTimestamp);

    internal long StartTimestamp { get; }

    internal long EndTimestamp { get; private set; }

    /// <summary>Ends the span and records it.</summary>
    public void Dispose()
    {
        var end = Stopwatch.GetTimestamp();
        if (_record is null || Interlocked.Exchange(ref _ended, 1) != 0) return;
        EndTimestamp = end;
        _record(this);
    }
}
