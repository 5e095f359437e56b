namespace Workshop.Handouts;

/// <summary>The last page, which is the learner's own: each guess beside what this machine measured.</summary>
internal static class YourPage
{
    /// <summary>Its name, without the ending.</summary>
    public const string Name = "your-page";

    public static string ToHtml(IReadOnlyList<HandoutPage> pages, HandoutPages all)
    {
        // Of a lesson in several languages the first, which is English where there is one.
        var t = HandoutTexts.For(null);
        var lessons = pages.DistinctBy(page => (page.Source.File.Directory, page.Source.File.Topic))
            .Where(page => page.Predictions.Count > 0).ToList();
        var bars = lessons.Where(page => !page.Source.IsEarlier).SelectMany(GuessedBars).ToList();
        var near = bars.Count(bar => Math.Abs(Math.Log2(bar.Value / bar.Guess!.Value)) <= 1);
        var body = Template.Render(Name, new
        {
            t,
            title = t[Name],
            machine = pages.Select(page => page.Machine).FirstOrDefault(name => name is not null),
            near = bars.Count == 0 ? t["NoGuess"] : t.Format("NearOf", near, bars.Count),
            chart = bars.Count == 0 ? "" : Figures.ToHtml(ChartSpec.Bars(
                "Guessed in the notebooks, and measured", bars, new ChartAxis("time", "s", Logarithmic: true))),
            count = ClaimsHtml.Count(pages.SelectMany(page => page.Claims)),
            lessons = lessons.Select((page, number) =>
                new { page.Url, page.Title, Id = $"lesson-{number}", Asked = page.Predictions.Select(Row) }),
        });
        var nonce = Figures.Nonce(body);
        var scripts = (bars.Count > 0 ? Figures.Scripts(nonce) : "") + Template.Script("guess", nonce);
        var contents = lessons.Select((page, number) => new Heading(2, $"lesson-{number}", page.Title));
        return all.Frame(t, t[Name], body, contents, new { kind = Name }, nonce, scripts);

        object Row(Prediction prediction) => new
        {
            prediction.Question,
            prediction.Key,
            Line = Template.Render("guess", new { t, key = prediction.Key }),
            Claims = prediction.Claims.Count > 0 ? ClaimsHtml.Table(prediction.Claims, t) : "",
        };
    }

    // The chart in which a notebook shows its own guesses once more is not asked a second time.
    private static IEnumerable<ChartBar> GuessedBars(HandoutPage page) =>
        from cell in page.Source.Document.Cells
        from output in cell.Outputs
        let chart = OutputHtml.Chart(output)
        where chart?.Content is BarChart { Axis.Unit: "s" } && chart.Title != Calibration.Title
        from bar in ((BarChart)chart.Content).Bars
        where bar.Guess > 0 && bar.Value > 0
        select bar with { Label = $"{chart.Title}: {bar.Label.Split(':')[0]}", Runs = null, Note = "" };
}
