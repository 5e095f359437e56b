namespace NotebookHost;

/// <summary>
/// What a cell may call without a using, under the names of .NET Interactive. <see cref="Display{T}"/> is a better match
/// than the package's own method for every value whose type is known, so that a broken formatter costs its picture and
/// not the cell.
/// </summary>
[SuppressMessage("Naming", "CA1708", Justification = "notebooks use both display(x) and x.Display()")]
public static class CellFunctions
{
    /// <summary>Gets what cells display; set by the session.</summary>
    internal static Action<IReadOnlyList<FormattedValue>> Show { get; set; } = _ => { };

    /// <summary>Shows a value now.</summary>
    /// <param name="value">Anything; null too.</param>
    /// <param name="mimeTypes">The forms wanted; none for those that the value's type prefers.</param>
    public static DisplayedValue Display<T>(this T value, params string[] mimeTypes)
    {
        var forms = ValueForms.Of(value, mimeTypes);
        Show(forms);
        return new DisplayedValue(value, forms);
    }

    /// <summary>Shows a value now.</summary>
    [SuppressMessage("Style", "IDE1006", Justification = "the name that notebooks already use")]
    public static DisplayedValue display(object? value, params string[] mimeTypes) => value.Display<object?>(mimeTypes);

    /// <summary>Markup to be shown as it is, as a cell's last value or displayed.</summary>
    public static object HTML(string markup) => new Microsoft.AspNetCore.Html.HtmlString(markup);
}
