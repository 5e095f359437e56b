namespace ConcurrencyNotebooks;

/// <summary>
/// Horizontal bars: names have room to be long, and the value stands at its bar. On a logarithmic axis a bar has no beginning, so
/// there it is a dot. What was measured run by run, intervals and guesses stand in a strip below. The table has the notes of the bars in a
/// column of their own, under <c>NoteTitle</c>. <c>Thinned</c> says in a sentence what was left out; it is empty if nothing was.
/// </summary>
internal sealed record BarChart(IReadOnlyList<ChartBar> Bars, ChartAxis Axis, string NoteTitle = "", string Thinned = "") : ChartContent
{
    private const int MostRuns = 60;
    private const double Strip = 0.28, Spread = 0.08; // Where the strip is, from the middle of a row, and how high on each side.

    public static BarChart Of(IReadOnlyList<ChartBar> bars, ChartAxis axis, string noteTitle = "") => new(
        [.. bars.Select(bar => bar with
        {
            Label = TextLayout.Cut(bar.Label),
            Runs = Thinning.Numbers(bar.Runs, MostRuns),
        })],
        axis, noteTitle,
        bars.Any(bar => bar.Runs?.Count > MostRuns) ? $"Of more than {MostRuns} runs as many are drawn, the extremes among them." : "");

    public override void Check() => Require(Bars.All(bar => !(bar.Low > bar.High)), "The interval of a bar ends before it begins.");

    public override Scene ToScene()
    {
        var hasStrip = Bars.Any(bar => bar.Runs?.Count > 1 || bar.Guess is not null || bar.Low < bar.High);
        var absent = Bars.Where(bar => Axis.Logarithmic && bar.Value <= 0).Select(bar => bar.Label).ToList();
        var kind = Axis.Logarithmic ? $"Dot plot of {Axis.Named("values")} on a logarithmic scale" : $"Bar chart of {Axis.Named("values")}";
        return new(kind, Axis, null, ToTable(), [.. Values(hasStrip), .. Bars.SelectMany(Runs), .. Intervals(), .. Guesses()])
        {
            Rows = [.. Bars.Select((bar, row) => ((double)row, bar.Label))],
            RowHeight = hasStrip ? 42 : 30,
            InWords = [.. Bars.Select(bar =>
                $"{bar.Label}: {Shown(bar.Value)}" + (bar.Guess is null ? "" : $", guessed {Shown(bar.Guess)}"))],
            Notes = [absent.Count > 0 ? $"No mark for {string.Join(", ", absent)}: {NoPlace}" : "", Bars.Count == 0 ? NoValues : Thinned],
        };
    }

    // Colours mean models, and so a model is a series.
    private IEnumerable<MarkSeries> Values(bool hasStrip) => Bars.Index().GroupBy(bar => bar.Item.Model).Select(group => new MarkSeries(
        group.Key?.ToString().ToLowerInvariant() ?? (Bars.Any(bar => bar.Model is not null) ? "no model" : Axis.Named("value")),
        Axis.Logarithmic ? MarkForm.Dots : MarkForm.Bars, Palette.Index(group.Key),
        [.. group.Select(bar => new Mark(bar.Item.Value, bar.Index - (hasStrip ? 0.14 : 0), Shown(bar.Item.Value)))])
    {
        Thickness = hasStrip ? 0.45 : 0.6,
        Size = 6,
        LabelsBehind = true,
        Hover = "%{text}",
    });

    private IEnumerable<MarkSeries> Runs(ChartBar bar, int row) => bar.Runs is not { Count: > 1 } runs ? [] :
    [
        new("every run", MarkForm.Dots, Palette.Index(bar.Model),
            [.. runs.Select((run, i) => new Mark(run, row + Strip + ((2 * i / (runs.Count - 1.0)) - 1) * Spread))])
        {
            Size = 2.4,
            Hover = $"{SceneFigure.Text(bar.Label)}<br>%{{x:.4~s}}{SceneFigure.Text(Axis.Unit)}",
        },
    ];

    // A line with ends.
    private IEnumerable<MarkSeries> Intervals() => Series("interval", Bars.Index().Where(bar => bar.Item.Low < bar.Item.High)
        .SelectMany(bar => new (double? X, double Y)[]
        {
            (bar.Item.Low, -Spread), (bar.Item.Low, Spread), (null, 0), (bar.Item.Low, 0), (bar.Item.High, 0), (null, 0),
            (bar.Item.High, -Spread), (bar.Item.High, Spread), (null, 0),
        }.Select(point => new Mark(point.X ?? double.NaN, bar.Index + Strip + point.Y))), MarkForm.Line, size: 0.8);

    private IEnumerable<MarkSeries> Guesses() => Series("guessed", Bars.Index().Where(bar => bar.Item.Guess is not null)
        .Select(bar => new Mark(bar.Item.Guess!.Value, bar.Index + Strip)), MarkForm.Dots, size: 5);

    private IEnumerable<MarkSeries> Series(string name, IEnumerable<Mark> marks, MarkForm form, double size)
    {
        var hover = $"%{{x:.4~s}}{SceneFigure.Text(Axis.Unit)}";
        return new[] { new MarkSeries(name, form, Palette.Ink, [.. marks]) { Symbol = 3, Size = size, IsHollow = true, Hover = hover } }
            .Where(series => series.Marks.Count > 0);
    }

    private string Shown(double? value) => value is { } given ? Quantity.Format(given, Axis.Unit) : "";

    private ResultTable ToTable()
    {
        (string Title, Func<ChartBar, string> Cell)[] columns =
        [
            ("low", bar => Shown(bar.Low)), ("high", bar => Shown(bar.High)), ("smallest", bar => Shown(bar.Runs?.DefaultIfEmpty().Min())),
            ("largest", bar => Shown(bar.Runs?.DefaultIfEmpty().Max())), ("runs", bar => bar.Runs is { } runs ? $"{runs.Count}" : ""),
            ("guessed", bar => Shown(bar.Guess)), (NoteTitle, bar => bar.Note),
        ];
        var used = columns.Where(column => Bars.Any(bar => column.Cell(bar).Length > 0)).ToList();
        return new(
            ["name", Axis.Named("value"), .. used.Select(column => column.Title)],
            [.. Bars.Select(bar => (string[])[bar.Label, Shown(bar.Value), .. used.Select(column => column.Cell(bar))])]);
    }
}
