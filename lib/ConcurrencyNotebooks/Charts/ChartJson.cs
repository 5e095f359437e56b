using System.Text.Encodings.Web;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ConcurrencyNotebooks;

/// <summary>
/// The JSON of a chart, read and written with code that is compiled with the library: reflection would cost the first chart of a process
/// 100 ms. Lists of numbers are one text each, <c>"0.1 0.2"</c>: notebooks are saved with a line for each number otherwise.
/// </summary>
[JsonSerializable(typeof(ChartSpec))]
internal sealed partial class ChartJson : JsonSerializerContext
{
    public static JsonSerializerOptions Form => field ??= new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = Default.WithAddedModifier(LeaveOutEmptyText),
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new TextConverter<IReadOnlyList<double>>(
                numbers => string.Join(' ', numbers.Select(Number)), text => [.. Words(text, ' ').Select(Number)]),
            new TextConverter<IEnumerable<(double X, double Y)>>(
                points => string.Join(", ", points.Select(point => $"{Number(point.X)} {Number(point.Y)}")),
                text => Words(text, ',').Select(Point).ToList()),
            new TextConverter<IReadOnlyList<(double Start, double End, string Name)>>(
                spans => string.Join('\n', spans.Select(span =>
                    $"{Number(span.Start)} {Number(span.End)} {span.Name.ReplaceLineEndings(" ")}")),
                text => [.. Words(text, '\n').Select(Span)]),
        },
    };

    /// <summary>Writes no text that is empty by default.</summary>
    public static void LeaveOutEmptyText(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.Where(property => property.AssociatedParameter?.DefaultValue is ""))
            property.ShouldSerialize = (_, value) => value is not "";
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static (double X, double Y) Point(string text) => Words(text, ' ') is [var x, var y]
        ? (Number(x), Number(y))
        : throw new FormatException($"'{TextLayout.Cut(text)}' is no point: it needs two numbers.");

    private static (double Start, double End, string Name) Span(string text) => text.Split(' ', 3) is [var start, var end, var name]
        ? (Number(start), Number(end), name)
        : throw new FormatException($"'{TextLayout.Cut(text)}' is no span: it needs a start, an end and a name.");

    private static string[] Words(string text, char separator) => text.Split(separator, StringSplitOptions.RemoveEmptyEntries);

    private sealed class TextConverter<T>(Func<T, string> write, Func<string, T> read) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String ? read(reader.GetString()!) : throw new JsonException("A list of numbers is no text.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(write(value));
    }
}
