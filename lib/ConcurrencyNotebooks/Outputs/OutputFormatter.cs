namespace ConcurrencyNotebooks;

/// <summary>Writes a value of this library in one mime type, for a notebook host that follows the formatter convention.</summary>
public sealed class OutputFormatter
{
    private readonly Func<object?, string> _render;
    private readonly Func<string, string> _sayInstead;

    internal OutputFormatter(string mimeType, Func<object?, string> render, Func<string, string> sayInstead) =>
        (MimeType, _render, _sayInstead) = (mimeType, render, sayInstead);

    /// <summary>What <see cref="Format"/> writes.</summary>
    public string MimeType { get; }

    /// <summary>
    /// Writes the value and returns true, whatever the value: a host that gets an exception or false here may not survive it.
    /// </summary>
    public bool Format(object instance, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        string output;
        try
        {
            output = _render(instance);
        }
#pragma warning disable CA1031 // An exception would end the kernel of .NET Interactive; a sentence in the output ends nothing.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            output = _sayInstead($"This {instance?.GetType().Name ?? "value"} could not be drawn: {exception.Message}");
        }

        writer.Write(output);
        return true;
    }
}
