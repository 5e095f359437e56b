using CliWrap;
using CliWrap.Buffered;

namespace Workshop.Handouts;

/// <summary>Prints a page of ours to PDF with the Chromium or Chrome of this machine.</summary>
internal static class PdfPrinter
{
    // A book takes minutes on a busy machine; a browser that cannot start may wait for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private static readonly string[] Places =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <summary>The browser that CHROMIUM names, or one on the PATH or where installers put it; null where there is none.</summary>
    public static string? Find()
    {
        var browser = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } chosen
            ? chosen
            : ProgramPath.Find("chromium", "chromium-browser", "google-chrome", "chrome", "microsoft-edge", "msedge")
            ?? Array.Find(Places, File.Exists);
        return File.Exists(browser) ? browser : null;
    }

    /// <exception cref="InputException">There is none.</exception>
    public static string Require() => Find() ?? throw new InputException(
        "The book needs Chromium or Chrome, and there is none here. Install one, or set CHROMIUM to the path of its program; "
        + "without it, print the pages from any browser.");

    /// <summary>
    /// Prints a file of HTML. The headings become the outline of the PDF. The browser leaves its own files in the PDF's folder, and a
    /// process of it may still write there.
    /// </summary>
    public static async Task PrintAsync(string html, string pdf, CancellationToken cancellationToken)
    {
        var browser = Require();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            // The sandbox refuses to start for root, as in a container; what is printed is our own page and runs no script.
            string[] sandbox = !OperatingSystem.IsWindows() && Environment.UserName == "root" ? ["--no-sandbox"] : [];
            var result = await Cli.Wrap(browser).WithValidation(CommandResultValidation.None).WithArguments([
                .. sandbox, "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", "--no-pdf-header-footer", "--generate-pdf-document-outline",
                $"--user-data-dir={pdf}-{Path.GetRandomFileName()}", $"--print-to-pdf={pdf}",
                new Uri(html).AbsoluteUri,
            ]).ExecuteBufferedAsync(patience.Token);
            if (!result.IsSuccess || !File.Exists(pdf))
            {
                throw new InputException(
                    $"{browser} did not print the book (exit code {result.ExitCode}):\n{ProgramOutput.LastLines(result.StandardError)}");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InputException($"{browser} did not print the book in {Patience.TotalMinutes} minutes and was ended.");
        }
    }
}
