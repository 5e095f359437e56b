namespace NotebookEngine;

/// <summary>A value on show, which can be replaced. Thread-safe as far as its sink is.</summary>
public sealed class DisplayedValue
{
    private readonly IDisplaySink _sink;
    private readonly string[] _mimeTypes;

    internal DisplayedValue(IDisplaySink sink, string displayId, string[] mimeTypes)
    {
        _sink = sink;
        _mimeTypes = mimeTypes;
        DisplayId = displayId;
    }

    /// <summary>Names the output within its session.</summary>
    public string DisplayId { get; }

    /// <summary>Shows another value in the same place and in the same mime types, also from a later cell.</summary>
    public void Update(object? value) => _sink.Update(Formatter.Format(value, _mimeTypes), DisplayId);
}
