using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace NotebookEngine;

/// <summary>
/// How a type of any library renders itself without referencing a notebook package: .NET Interactive's convention of
/// attributes found by name (dotnet/interactive, src/Microsoft.DotNet.Interactive.Formatting, TypeFormatterSource), and
/// <c>ToHtml()</c> for types without the attribute. What breaks the convention is said in the output.
/// </summary>
[SuppressMessage("Design", "CA1031", Justification = "a type's own formatter may throw anything, and must not end the cell")]
internal sealed class FormatterConvention
{
    private static readonly ConditionalWeakTable<Type, FormatterConvention> Cache = [];

    private readonly List<(string MimeType, Func<object, TextWriter, bool> Format)> _formatters = [];
    private readonly List<string> _preferred = [];
    private readonly List<string> _warnings = [];

    private FormatterConvention(Type type)
    {
        try
        {
            if (FindAttribute(type) is { } attribute) ReadSource(type, attribute);
            else if (FindToHtml(type) is { } toHtml) AddToHtml(toHtml);
        }
        catch (Exception exception)
        {
            _warnings.Add(Explain($"the formatters of {TypeNames.Of(type)} cannot be used", exception));
        }
    }

    /// <summary>Whether the type says anything about how it is shown.</summary>
    public bool Exists => _formatters.Count > 0 || _warnings.Count > 0;

    /// <summary>The mime types that it wants shown.</summary>
    public IReadOnlyList<string> PreferredMimeTypes => _preferred;

    /// <summary>The mime types that it can write.</summary>
    public IEnumerable<string> MimeTypes => _formatters.Select(formatter => formatter.MimeType);

    /// <summary>What is wrong with the type's formatters, whatever the value.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    public static FormatterConvention Of(Type type) => Cache.GetValue(type, key => new FormatterConvention(key));

    /// <summary>The forms of a value whose type has formatters that all work; null for any other value.</summary>
    public static MimeBundle? TryFormat(object value)
    {
        var convention = Of(value.GetType());
        if (convention._formatters.Count == 0 || convention._warnings.Count > 0) return null;
        var bundle = new MimeBundle();
        foreach (var mimeType in convention._preferred)
        {
            if (!convention.TryWrite(value, mimeType, out var content, out _)) return null;
            bundle.Add(mimeType, content);
        }

        return bundle;
    }

    /// <summary>One form of a value. False without a warning: there is no formatter for this mime type.</summary>
    public bool TryWrite(object value, string mimeType, [NotNullWhen(true)] out string? content, out string? warning)
    {
        (content, warning) = (null, null);
        var format = _formatters.Find(formatter => formatter.MimeType == mimeType).Format;
        if (format is null) return false;
        try
        {
            using var writer = new StringWriter(CultureInfo.InvariantCulture);
            if (format(value, writer)) content = writer.ToString();
            else warning = $"the {mimeType} formatter of {TypeNames.Of(value.GetType())} returned false";
        }
        catch (Exception exception)
        {
            warning = Explain($"the {mimeType} formatter of {TypeNames.Of(value.GetType())} failed", exception);
        }

        return content is not null;
    }

    private static Attribute? FindAttribute(Type type)
    {
        for (var t = type; t is not null; t = t.BaseType)
        {
            // By name: each library has its own attribute class, which is the point of the convention.
            var found = t.GetCustomAttributes(inherit: false).FirstOrDefault(a => a.GetType().Name == "TypeFormatterSourceAttribute");
            if (found is Attribute attribute) return attribute;
        }

        return null;
    }

    private static MethodInfo? FindToHtml(Type type) =>
        type.GetMethod("ToHtml", BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes) is { IsGenericMethod: false } method
        && method.ReturnType == typeof(string) ? method : null;

    private void ReadSource(Type type, Attribute attribute)
    {
        var sourceType = Property<Type>(attribute, "FormatterSourceType")
            ?? throw new InvalidOperationException($"{attribute.GetType()} has no FormatterSourceType");
        if (sourceType.GetConstructor(Type.EmptyTypes) is null)
            throw new InvalidOperationException($"{sourceType} has no public constructor without parameters");

        var create = sourceType.GetMethod("CreateTypeFormatters", BindingFlags.Public | BindingFlags.Instance, Type.EmptyTypes)
            ?? throw new InvalidOperationException($"{sourceType} has no public CreateTypeFormatters()");
        if (create.Invoke(Activator.CreateInstance(sourceType), null) is not IEnumerable formatters)
            throw new InvalidOperationException($"{sourceType}.CreateTypeFormatters() returned no sequence");

        foreach (var formatter in formatters) AddFormatter(formatter);
        foreach (var mimeType in Property<string[]>(attribute, "PreferredMimeTypes") is { Length: > 0 } listed ? listed : [.. MimeTypes])
        {
            if (MimeTypes.Contains(mimeType)) _preferred.Add(mimeType);
            else _warnings.Add($"{TypeNames.Of(type)} prefers {mimeType}, for which it has no formatter");
        }
    }

    private void AddFormatter(object formatter)
    {
        var type = formatter.GetType();
        if (Property<string>(formatter, "MimeType") is not { Length: > 0 } mimeType)
            throw new InvalidOperationException($"{type} has no MimeType");

        var methods = type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Where(method => method.Name == "Format").ToList();
        var types = methods is [var only] && only.ReturnType == typeof(bool) ? only.GetParameters().Select(p => p.ParameterType) : [];
        if (!types.SequenceEqual([typeof(object), typeof(TextWriter)]))
            throw new InvalidOperationException($"{type} needs exactly one public bool Format(object, TextWriter)");
        _formatters.Add((mimeType, methods[0].CreateDelegate<Func<object, TextWriter, bool>>(formatter)));
    }

    private void AddToHtml(MethodInfo toHtml)
    {
        _preferred.Add("text/html");
        _formatters.Add(("text/html", WriteHtml));

        bool WriteHtml(object value, TextWriter writer)
        {
            writer.Write((string?)toHtml.Invoke(value, null));
            return true;
        }
    }

    private static T? Property<T>(object instance, string name)
        where T : class =>
        instance.GetType().GetProperty(name)?.GetValue(instance) as T;

    private static string Explain(string what, Exception exception)
    {
        var cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
        return $"{what}: {cause.GetType().Name}: {cause.Message}";
    }
}
