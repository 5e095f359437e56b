using System.Text.Json;

namespace NotebookEngine;

/// <summary>nbformat 4.5 as its schema has it (jupyter/nbformat, nbformat/v4/nbformat.v4.5.schema.json).</summary>
internal static class NotebookSchema
{
    private static readonly SchemaRule MimeBundleRule =
        SchemaRules.MapOf(mimeType => MimeBundle.IsJson(mimeType) ? SchemaRules.Any : SchemaRules.MultilineText);

    private static readonly SchemaRule ExecutionCount = SchemaRules.Whole(least: 0, orNull: true);

    private static readonly Dictionary<string, SchemaRule> Outputs = new()
    {
        ["stream"] = SchemaRules.Object(new()
        {
            ["output_type"] = SchemaRules.Any,
            ["name"] = SchemaRules.Text,
            ["text"] = SchemaRules.MultilineText,
        }),
        ["display_data"] = SchemaRules.Object(new()
        {
            ["output_type"] = SchemaRules.Any,
            ["data"] = MimeBundleRule,
            ["metadata"] = SchemaRules.OpenObject,
        }),
        ["execute_result"] = SchemaRules.Object(new()
        {
            ["output_type"] = SchemaRules.Any,
            ["data"] = MimeBundleRule,
            ["metadata"] = SchemaRules.OpenObject,
            ["execution_count"] = ExecutionCount,
        }),
        ["error"] = SchemaRules.Object(new()
        {
            ["output_type"] = SchemaRules.Any,
            ["ename"] = SchemaRules.Text,
            ["evalue"] = SchemaRules.Text,
            ["traceback"] = SchemaRules.ArrayOf(SchemaRules.Text),
        }),
    };

    private static readonly Dictionary<string, SchemaRule> CellMetadata = new()
    {
        ["name"] = SchemaRules.Matching(name => name.Length > 0 && name[0] != '\n', "a name"),
        ["tags"] = SchemaRules.ArrayOf(
            SchemaRules.Matching(tag => tag.Length > 0 && !tag.Contains(',', StringComparison.Ordinal), "a tag without commas"),
            unique: true),
        ["jupyter"] = SchemaRules.OpenObject,
    };

    private static readonly Dictionary<string, SchemaRule> TextCell = new()
    {
        ["id"] = SchemaRules.Matching(CellIds.IsValid, "1 to 64 letters, digits, hyphens and underscores"),
        ["cell_type"] = SchemaRules.Any,
        ["source"] = SchemaRules.MultilineText,
    };

    private static readonly Dictionary<string, SchemaRule> Attachments = new()
    {
        ["attachments"] = SchemaRules.MapOf(_ => MimeBundleRule),
    };

    private static readonly Dictionary<string, SchemaRule> Cells = new()
    {
        ["markdown"] = SchemaRules.Object(
            new(TextCell) { ["metadata"] = SchemaRules.Object([], CellMetadata, isOpen: true) }, Attachments),
        ["raw"] = SchemaRules.Object(
            new(TextCell)
            {
                ["metadata"] = SchemaRules.Object([], new(CellMetadata) { ["format"] = SchemaRules.Text }, isOpen: true),
            },
            Attachments),
        ["code"] = SchemaRules.Object(new(TextCell)
        {
            ["metadata"] = SchemaRules.Object(
                [],
                new(CellMetadata)
                {
                    ["collapsed"] = SchemaRules.Boolean,
                    ["scrolled"] = Scrolled,
                    ["execution"] = SchemaRules.MapOf(_ => SchemaRules.Text),
                },
                isOpen: true),
            ["outputs"] = SchemaRules.ArrayOf(ByType("output_type", Outputs)),
            ["execution_count"] = ExecutionCount,
        }),
    };

    /// <summary>A whole notebook.</summary>
    public static SchemaRule Notebook { get; } = SchemaRules.Object(new()
    {
        ["nbformat"] = SchemaRules.Whole(least: 4),
        ["nbformat_minor"] = SchemaRules.Whole(least: 5),
        ["cells"] = SchemaRules.Any,
        ["metadata"] = SchemaRules.Object(
            [],
            new()
            {
                ["kernelspec"] = SchemaRules.Object(
                    new() { ["name"] = SchemaRules.Text, ["display_name"] = SchemaRules.Text }, isOpen: true),
                ["language_info"] = SchemaRules.Object(
                    new() { ["name"] = SchemaRules.Text },
                    new()
                    {
                        ["codemirror_mode"] = TextOrObject,
                        ["file_extension"] = SchemaRules.Text,
                        ["mimetype"] = SchemaRules.Text,
                        ["pygments_lexer"] = SchemaRules.Text,
                    },
                    isOpen: true),
                ["orig_nbformat"] = SchemaRules.Whole(least: 1),
                ["title"] = SchemaRules.Text,
                ["authors"] = SchemaRules.ArrayOf(SchemaRules.Any),
            },
            isOpen: true),
    });

    /// <summary>One cell of a notebook.</summary>
    public static SchemaRule Cell { get; } = ByType("cell_type", Cells);

    private static SchemaRule ByType(string key, Dictionary<string, SchemaRule> rules) => (value, name, report) =>
    {
        if (value[key] is { Kind: JsonValueKind.String } type && rules.TryGetValue(type.StringValue, out var rule)) rule(value, name, report);
        else report(value[key] ?? value, $"{name}.{key} should be one of {string.Join(", ", rules.Keys)}.");
    };

    private static void Scrolled(JsonSyntax value, string name, Action<JsonSyntax, string> report)
    {
        if (value.Kind == JsonValueKind.String && value.StringValue == "auto") return;
        SchemaRules.Boolean(value, name, report);
    }

    private static void TextOrObject(JsonSyntax value, string name, Action<JsonSyntax, string> report)
    {
        if (value.Kind != JsonValueKind.Object) SchemaRules.Text(value, name, report);
    }
}
