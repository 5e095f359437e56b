using System.Text.Encodings.Web;

namespace NotebookHost;

/// <summary>
/// One output of a code cell as nbformat 4 stores it. Reading never throws, whatever a foreign notebook holds: what is not
/// understood has empty texts, and its JSON is kept.
/// </summary>
internal sealed class CellOutput(JsonObject json)
{
    public const string StreamType = "stream", DisplayType = "display_data", ResultType = "execute_result", ErrorType = "error";

    public const string Stdout = "stdout", Stderr = "stderr";

    /// <summary>How deep JSON may nest, that of a whole notebook included.</summary>
    public const int MaxDepth = 512;

    private static readonly JsonSerializerOptions Relaxed =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaxDepth };

    // What holds a name twice no notebook may hold.
    private static readonly JsonDocumentOptions Unique = new() { AllowDuplicateProperties = false };

    public JsonObject Json { get; } = json;

    /// <summary>One of the output types above, or another program's.</summary>
    public string Type => Json["output_type"].AsText() ?? "";

    public string StreamName => Json["name"].AsText() == Stderr ? Stderr : Stdout;
    public string Text => MultilineText.Join(Json["text"]) ?? "";

    /// <summary>The forms of a displayed value or a result: mime type and content, JSON as its text.</summary>
    public IEnumerable<(string MimeType, string Content)> Forms =>
        Json["data"] is JsonObject data ? data.Select(form => (form.Key, Content(form.Key, form.Value))) : [];

    public string ErrorName => Json["ename"].AsText() ?? "";
    public string ErrorValue => Json["evalue"].AsText() ?? "";

    /// <summary>The lines of an error's traceback, which may hold ANSI colours.</summary>
    public IEnumerable<string> Traceback => Json["traceback"] is JsonArray lines ? lines.Select(line => line.AsText() ?? "") : [];

    public static CellOutput Stream(string name, string text) =>
        new(new JsonObject { ["name"] = name, ["output_type"] = StreamType, ["text"] = MultilineText.Split(text) });

    public static CellOutput Display(IEnumerable<(string MimeType, string Content)> forms) =>
        new(new JsonObject { ["data"] = Data(forms), ["metadata"] = new JsonObject(), ["output_type"] = DisplayType });

    /// <summary>The value of the cell's last expression; whoever saves it adds the cell's number.</summary>
    public static CellOutput Result(IEnumerable<(string MimeType, string Content)> forms) => new(new JsonObject
    {
        ["data"] = Data(forms),
        ["execution_count"] = null,
        ["metadata"] = new JsonObject(),
        ["output_type"] = ResultType,
    });

    /// <summary>Why the cell did not end well.</summary>
    public static CellOutput Error(CellError error) => new(new JsonObject
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["output_type"] = ErrorType,
        ["traceback"] = Lines(error.Traceback),
    });

    public string? Form(string mimeType) => Forms.Where(form => form.MimeType == mimeType).Select(form => form.Content).FirstOrDefault();

    /// <summary>A displayed value, a result or an error with every text changed; pictures in base64 hold none.</summary>
    /// <param name="change">Takes the mime type, which is empty for a text of an error, and the text.</param>
    /// <param name="textual">JSON forms to become text that holds the JSON, which takes a notebook one line.</param>
    public CellOutput Map(Func<string, string, string> change, params IReadOnlyList<string> textual)
    {
        var copy = (JsonObject)Json.DeepClone();
        if (copy["data"] is JsonObject)
        {
            var changed = Forms.Select(form => IsBinary(form.MimeType) ? form : (form.MimeType, change(form.MimeType, form.Content)));
            copy["data"] = Data(changed, textual);
        }

        if (copy["traceback"] is JsonArray) copy["traceback"] = Lines(Traceback.Select(line => change("", line)));
        if (copy["evalue"] is not null) copy["evalue"] = change("", ErrorValue);
        return new CellOutput(copy);
    }

    private static JsonArray Lines(IEnumerable<string> lines) => [.. lines.Select(line => (JsonNode)line)];

    private static bool IsBinary(string mimeType) =>
        mimeType.StartsWith("image/", StringComparison.Ordinal) && mimeType != "image/svg+xml";

    private static bool IsJson(string mimeType) => mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal);

    // In Jupyter's order, so that opening and saving there changes nothing.
    private static JsonObject Data(IEnumerable<(string MimeType, string Content)> forms, params IReadOnlyList<string> textual)
    {
        var data = new JsonObject();
        foreach (var (mimeType, content) in forms.OrderBy(form => form.MimeType, StringComparer.Ordinal))
            data[mimeType] = textual.Contains(mimeType) ? content : ToNode(mimeType, content);
        return data;
    }

    private static JsonNode? ToNode(string mimeType, string content)
    {
        if (IsJson(mimeType))
        {
            try
            {
                return JsonNode.Parse(content, documentOptions: Unique);
            }
            catch (JsonException)
            {
                return content; // Not JSON after all: nbformat allows a string here, and losing it would be worse.
            }
        }

        // Jupyter splits exactly these (nbformat/v4/rwbase.py) and leaves base64 whole.
        return mimeType.StartsWith("text/", StringComparison.Ordinal) || mimeType is "image/svg+xml" or "application/javascript"
            ? MultilineText.Split(content)
            : content;
    }

    // An array of strings is text in lines, but in a JSON form it is what it is.
    private static string Content(string mimeType, JsonNode? node) =>
        (IsJson(mimeType) ? null : MultilineText.Join(node)) ?? node?.ToJsonString(Relaxed) ?? "null";
}
