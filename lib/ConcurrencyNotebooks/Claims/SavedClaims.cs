using System.Text.Json.Nodes;

namespace ConcurrencyNotebooks;

/// <summary>The claims of several notebooks in one table, as their files have kept them; the last value of a cell.</summary>
/// <example>
/// <code>
/// var saved = SavedClaims.Read();
/// Console.WriteLine(saved.Count(Verdict.Holds));
/// saved
/// </code>
/// </example>
[TypeFormatterSource(typeof(OutputFormatterSource), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class SavedClaims : IRichOutput
{
    private SavedClaims(IReadOnlyList<(string Notebook, Claim Claim)> all, IReadOnlyList<(string Notebook, string Reason)> unread) =>
        (All, Unread) = (all, unread);

    /// <summary>Each claim with the name of the notebook that makes it, in the order of the notebooks and their cells.</summary>
    public IReadOnlyList<(string Notebook, Claim Claim)> All { get; }

    /// <summary>Notebooks with claims that could not be read, or with none, and why.</summary>
    public IReadOnlyList<(string Notebook, string Reason)> Unread { get; }

    /// <summary>The number of claims that hold, do not hold, or are not decided.</summary>
    public int Count(Verdict verdict) => All.Count(saved => saved.Claim.Verdict == verdict);

    /// <summary>Reads the saved outputs of the notebooks in a folder.</summary>
    /// <param name="folder">The folder; a notebook's own unless told. Translations, whose names have a further part, are left out.</param>
    public static SavedClaims Read(string folder = ".")
    {
        var all = new List<(string, Claim)>();
        var unread = new List<(string, string)>();
        foreach (var file in Directory.GetFiles(folder, "??-*.ipynb").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            if (name.Contains('.')) continue;
            var outputs = ReadFile(file);
            var read = (outputs ?? []).Select(ClaimReader.Read).ToList();
            var claims = read.SelectMany(output => output.Claims).ToList();
            var damaged = read.Sum(output => output.Unread);
            all.AddRange(claims.Select(claim => (name, claim)));
            if (outputs is null) unread.Add((name, "the file cannot be read"));
            else if (damaged > 0) unread.Add((name, $"{damaged} of its claims cannot be read"));
            else if (claims.Count == 0) unread.Add((name, "it has no saved claims: run it and save it"));
        }

        return new(all, unread);
    }

    /// <summary>The table.</summary>
    public string ToHtml() => Table.ToHtml();

    /// <summary>The table, in aligned columns.</summary>
    public override string ToString() => Table.ToString();

    private ResultTable Table => new(
        ["notebook", "", "claim", "measured", "claimed"],
        All.Select(one => new[] { one.Notebook, one.Claim.Sign, one.Claim.Statement, one.Claim.Measured, one.Claim.Bound }),
        string.Join(" ", All.Select(saved => saved.Claim.Machine).Where(machine => machine.Length > 0).Distinct()
            .Select(machine => $"Measured on {machine}.")
            .Concat(Unread.Select(one => $"{one.Notebook}: {one.Reason}."))));

    // The data of all outputs; null for a file that is being saved, or damaged: the others are still worth their table.
    private static List<JsonNode?>? ReadFile(string file)
    {
        try
        {
            var notebook = JsonNode.Parse(new MemoryStream(RegularFile.Read(file)));
            return [.. from cell in Items(notebook, "cells") from output in Items(cell, "outputs") select (output as JsonObject)?["data"]];
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IEnumerable<JsonNode?> Items(JsonNode? node, string name) => (node as JsonObject)?[name] as JsonArray ?? [];
}
