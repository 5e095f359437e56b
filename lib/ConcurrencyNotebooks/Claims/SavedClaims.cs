using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ConcurrencyNotebooks;

/// <summary>The claims of several notebooks in one table, as their files have kept them; the last value of a cell.</summary>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed partial class SavedClaims : IRichOutput
{
    private SavedClaims(IReadOnlyList<(string Notebook, Claim Claim)> all, IReadOnlyList<string> unread)
    {
        All = all;
        Unread = unread;
    }

    /// <summary>Each claim with the name of the notebook that makes it, in the order of the notebooks and their cells.</summary>
    public IReadOnlyList<(string Notebook, Claim Claim)> All { get; }

    /// <summary>Notebooks that keep no claim: nobody has saved them after a run, or their file is damaged.</summary>
    public IReadOnlyList<string> Unread { get; }

    /// <summary>How many claims hold, fail, or were skipped.</summary>
    public int Count(Verdict verdict) => All.Count(saved => saved.Claim.Verdict == verdict);

    /// <summary>Reads the saved outputs of the notebooks in a folder.</summary>
    /// <param name="folder">Where they are; a notebook's own folder unless told.</param>
    /// <param name="pattern">Which of them; translations, whose names have a further part, are left out.</param>
    public static SavedClaims Read(string folder = ".", string pattern = "??-*.ipynb")
    {
        var all = new List<(string, Claim)>();
        var unread = new List<string>();
        foreach (var file in Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (name.Contains('.')) continue;
            var claims = ReadFile(file).ToList();
            all.AddRange(claims.Select(claim => (name, claim)));
            if (claims.Count == 0) unread.Add(name);
        }

        return new(all, unread);
    }

    /// <summary>The table.</summary>
    public string ToHtml() => Describe().ToHtml().Replace("<details>", "<details open>", StringComparison.Ordinal);

    /// <summary>The table, in aligned columns.</summary>
    public override string ToString() => Describe().ToString();

    private static IEnumerable<Claim> ReadFile(string file)
    {
        JsonElement notebook;
        try
        {
            notebook = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file));
        }
        catch (JsonException)
        {
            // A file that is being saved, or damaged: it is named in Unread, and the others are still worth their table.
            return [];
        }

        // Escaping is JSON's first and HTML's second, so it is undone in that order.
        return Strings(notebook).SelectMany(text => DataClaim().Matches(text))
            .Select(match => Claim.FromJson(WebUtility.HtmlDecode(match.Groups[1].Value)));
    }

    /// <summary>All text in outputs, with lines that are kept as a list joined again.</summary>
    private static IEnumerable<string> Strings(JsonElement notebook) =>
        from cell in Items(notebook, "cells")
        from output in Items(cell, "outputs")
        where output.TryGetProperty("data", out var data) && data.TryGetProperty("text/html", out _)
        let html = output.GetProperty("data").GetProperty("text/html")
        select html.ValueKind == JsonValueKind.Array ? string.Concat(html.EnumerateArray().Select(line => line.GetString())) : html.GetString();

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray()
            : default;

    private Table Describe() => new(
        ["notebook", "", "claim", "measured", "claimed"],
        [.. All.Select(saved => new[] { saved.Notebook, saved.Claim.Sign, saved.Claim.Statement, saved.Claim.MeasuredText, saved.Claim.Bound })],
        string.Join(" ", All.Select(saved => saved.Claim.Machine).Distinct().Select(machine => $"Measured on {machine}.")
            .Concat(Unread.Select(name => $"{name} has no saved claims: run it and save it."))));

    [GeneratedRegex("data-claim=\"([^\"]*)\"")]
    private static partial Regex DataClaim();
}
