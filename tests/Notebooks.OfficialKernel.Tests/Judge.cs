namespace Notebooks.OfficialKernel.Tests;

/// <summary>Says what is wrong with what came of a cell.</summary>
internal static class Judge
{
    // What NuGet says when a package, or the feed itself, cannot be had.
    private static readonly string[] NotReachable = ["NU1101", "NU1102", "NU1301"];

    /// <summary>What is wrong, null when all is well.</summary>
    public static string? Complaint(NotebookCell cell, CellReport report)
    {
        if (cell.Tags.Contains("raises-exception")) return report.Failure is null ? $"'{cell.Id}' should fail" : null;
        if (report.Failure is not null && cell.Tags.Contains("optional") && NotReachable.Any(report.Failure.Contains)) return null;
        if (report.Failure is not null) return $"'{cell.Id}' failed: {report.Failure}";
        if (cell.Tags.Contains("optional") && report.Kinds is ["stream stdout"]) return null; // It says why this kernel cannot show it.
        return report.Kinds.SequenceEqual(cell.SavedKinds)
            ? null
            : $"'{cell.Id}' shows [{string.Join(", ", report.Kinds)}], and saved is [{string.Join(", ", cell.SavedKinds)}]";
    }
}
