using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NotebookEngine;

/// <summary>
/// What a cell calls to show something; a session imports it with <c>using static</c>, which also brings
/// <see cref="Display"/> into scope as an extension method.
/// </summary>
[SuppressMessage("Naming", "CA1708", Justification = "notebooks use both display(x) and x.Display()")]
public static class NotebookDisplay
{
    private static readonly AsyncLocal<IDisplaySink?> FlowSink = new();
    private static IDisplaySink _processSink = new ConsoleDisplaySink();
    private static long _lastId;

    /// <summary>
    /// Where displayed values go. Setting it holds for everything that the setter starts from here on (tasks, threads),
    /// so that two sessions in one process keep apart; and, where no such flow reaches (a thread started unsafely, a
    /// callback from native code), for the process: there the last one set wins. Null restores the console.
    /// </summary>
    [AllowNull]
    public static IDisplaySink Sink
    {
        get => FlowSink.Value ?? Volatile.Read(ref _processSink);
        set
        {
            FlowSink.Value = value;
            Volatile.Write(ref _processSink, value ?? new ConsoleDisplaySink());
        }
    }

    /// <summary>Shows a value now.</summary>
    /// <param name="value">Anything; null too.</param>
    /// <param name="mimeTypes">The forms wanted; none means all that the value has.</param>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes)
    {
        ArgumentNullException.ThrowIfNull(mimeTypes);
        var sink = Sink;
        var id = string.Create(CultureInfo.InvariantCulture, $"display-{Interlocked.Increment(ref _lastId)}");
        sink.Display(Formatter.Format(value, mimeTypes), id);
        return new DisplayedValue(sink, id, mimeTypes);
    }

    /// <summary>The same as <see cref="Display"/>, under the name that .NET Interactive's users type.</summary>
    [SuppressMessage("Style", "IDE1006", Justification = "the name that notebooks already use")]
    public static DisplayedValue display(object? value, params string[] mimeTypes) => Display(value, mimeTypes);

    /// <summary>Markup to be shown as it is, as a cell's last value or through <see cref="Display"/>.</summary>
    public static HtmlContent HTML(string markup) => new(markup);

    /// <summary>Markdown to be rendered, as a cell's last value or through <see cref="Display"/>.</summary>
    public static MarkdownContent Markdown(string text) => new(text);

    /// <summary>Without a session, in a plain program or a test, the plain text is better than nothing.</summary>
    private sealed class ConsoleDisplaySink : IDisplaySink
    {
        public void Display(MimeBundle bundle, string displayId) => Console.WriteLine(bundle["text/plain"] ?? bundle["text/html"]);

        public void Update(MimeBundle bundle, string displayId) => Display(bundle, displayId);
    }
}
