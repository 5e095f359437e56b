#pragma warning disable CA1822 // the convention calls instance members

namespace NotebookEngine.Tests;

/// <summary>Found by its name alone, as in a library that references no notebook package.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    public string[] PreferredMimeTypes { get; set; } = [];
}

/// <summary>Formatters that write their mime type and the value's text.</summary>
internal sealed class EchoSource
{
    public IEnumerable<object> CreateTypeFormatters() =>
        [new EchoFormatter("text/html"), new EchoFormatter("text/plain"), new EchoFormatter("image/svg+xml")];
}

internal sealed class EchoFormatter(string mimeType)
{
    public string MimeType { get; } = mimeType;

    public bool Format(object instance, TextWriter writer)
    {
        writer.Write($"[{MimeType}] {instance}");
        return true;
    }
}

[TypeFormatterSource(typeof(EchoSource), PreferredMimeTypes = ["text/html", "text/plain"])]
internal class Echo
{
    public int Part { get; } = 1;

    public override string ToString() => "echo";
}

internal sealed class DerivedEcho : Echo;

[TypeFormatterSource(typeof(EchoSource))]
internal struct EchoStruct;

[TypeFormatterSource(typeof(EchoSource), PreferredMimeTypes = ["text/html", "text/csv"])]
internal sealed class PrefersTooMuch
{
    public int Part { get; } = 1;
}

internal sealed class BreakingSource
{
    public IEnumerable<object> CreateTypeFormatters() => [new ThrowingFormatter(), new RefusingFormatter()];

    private sealed class ThrowingFormatter
    {
        public string MimeType => "text/html";

        public bool Format(object instance, TextWriter writer)
        {
            writer.Write("half of it");
            throw new InvalidOperationException($"cannot <draw> {instance.GetType().Name}");
        }
    }

    private sealed class RefusingFormatter
    {
        public string MimeType => "text/plain";

        public bool Format(object instance, TextWriter writer) => instance is null;
    }
}

[TypeFormatterSource(typeof(BreakingSource))]
internal sealed class Breaking
{
    public int Part { get; } = 1;
}

internal sealed class NeedsArgument(int argument)
{
    public IEnumerable<object> CreateTypeFormatters() => [new EchoFormatter($"text/{argument}")];
}

[TypeFormatterSource(typeof(NeedsArgument))]
internal sealed class SourceNeedsArgument
{
    public int Part { get; } = 1;
}

internal sealed class TwoFormatsSource
{
    public IEnumerable<object> CreateTypeFormatters() => [new TwoFormats()];

    private sealed class TwoFormats
    {
        public string MimeType => "text/html";

        public bool Format(object instance, TextWriter writer) => instance == writer;

        public bool Format(object instance) => instance is null;
    }
}

[TypeFormatterSource(typeof(TwoFormatsSource))]
internal sealed class AmbiguousFormat
{
    public int Part { get; } = 1;
}

internal sealed class WithToHtml(string? html = "<b>own</b>")
{
    public int Part { get; } = 1;

    public string ToHtml() => html ?? throw new InvalidOperationException("no html");
}

[TypeFormatterSource(typeof(RecursiveSource))]
internal sealed class Recursive;

internal sealed class RecursiveSource
{
    public IEnumerable<object> CreateTypeFormatters() => [new RecursiveFormatter()];

    private sealed class RecursiveFormatter
    {
        public string MimeType => "text/html";

        public bool Format(object instance, TextWriter writer)
        {
            writer.Write(Formatter.Format(instance)["text/html"]);
            return true;
        }
    }
}
