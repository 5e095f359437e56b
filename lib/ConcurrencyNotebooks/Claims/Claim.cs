using System.Text.Encodings.Web;
using System.Text.Json;

namespace ConcurrencyNotebooks;

/// <summary>A statement that was held against a measurement. As the last value of a cell it is a line with ✔, ✘ or –.</summary>
/// <param name="Statement">What is claimed.</param>
/// <param name="Measured">The number that was measured.</param>
/// <param name="Unit">Its unit, as in <see cref="Axis.Unit"/>.</param>
/// <param name="Bound">What the number must be, such as <c>at least 20</c>.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Reason">Why it fails or was skipped; empty when it holds.</param>
/// <param name="Machine">What it was measured on.</param>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record Claim(string Statement, double Measured, string Unit, string Bound, Verdict Verdict, string Reason, string Machine) : IRichOutput
{
    // Names, order and values are what the program that runs the notebooks reads out of the output.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The panel has its own ground in either mode: a front end may be dark without saying so to the page.
    private const string DarkMode = "@media (prefers-color-scheme:dark){.cn-claim{background:#11151d!important;color:#eceff4!important}}";

    internal string Sign => Verdict switch { Verdict.Holds => "✔", Verdict.Fails => "✘", _ => "–" };

    internal string MeasuredText => double.IsNaN(Measured) ? "" : Claims.Show(Measured, Unit, Bound);

    private string Outcome
    {
        get
        {
            var measured = double.IsNaN(Measured) ? "" : $"measured {MeasuredText}, ";
            return Verdict == Verdict.Skipped ? $"{measured}skipped, because {Reason}"
                : double.IsNaN(Measured) ? $"{Reason}, claimed {Bound}"
                : $"{measured}claimed {Bound}";
        }
    }

    /// <summary>The claim on one line, with all of its facts as JSON in the attribute <c>data-claim</c> of the root element.</summary>
    public string ToHtml()
    {
        var (edge, word) = Verdict switch { Verdict.Holds => ("#15803d", "Holds"), Verdict.Fails => ("#b91c1c", "Fails"), _ => ("#64748b", "Skipped") };
        return
            $"""
             <div class="cn-claim" data-claim="{Canvas.Escape(ToJson())}" style="margin:4px 0;padding:5px 10px;border:1px solid {edge};border-left-width:6px;border-radius:5px;background:#fff;color:#1f2937;break-inside:avoid">
             <style>{DarkMode}</style>
             <span role="img" aria-label="{word}">{Sign}</span> <b>{Canvas.Escape(Statement)}</b>: {Canvas.Escape(Outcome)} <small>({Canvas.Escape(Machine)})</small></div>
             """.ReplaceLineEndings("\n");
    }

    /// <summary>The claim on one line.</summary>
    public override string ToString() => $"{Sign} {Statement}: {Outcome} ({Machine})".ReplaceLineEndings(" ");

    private string ToJson() => JsonSerializer.Serialize(
        new
        {
            statement = Statement,
            measured = double.IsFinite(Measured) ? Measured : (double?)null, // JSON has no NaN and no infinity.
            unit = Unit,
            bound = Bound,
            verdict = Verdict.ToString().ToLowerInvariant(),
            reason = Reason,
            machine = Machine,
        },
        Json);

    internal static Claim FromJson(string json)
    {
        var claim = JsonSerializer.Deserialize<JsonElement>(json);
        string Text(string name) => claim.GetProperty(name).GetString()!;
        var measured = claim.GetProperty("measured");
        return new(
            Text("statement"), measured.ValueKind == JsonValueKind.Number ? measured.GetDouble() : double.NaN, Text("unit"), Text("bound"),
            Enum.Parse<Verdict>(Text("verdict"), ignoreCase: true), Text("reason"), Text("machine"));
    }
}
