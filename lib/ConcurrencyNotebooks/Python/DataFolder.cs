namespace ConcurrencyNotebooks;

/// <summary>Finds the repository's <c>data</c> folder, wherever below the repository the library was loaded from.</summary>
internal static class DataFolder
{
    private static readonly Lazy<string> Found = new(() => Find([
        Path.GetDirectoryName(typeof(DataFolder).Assembly.Location), // lib/bin; empty where a host loads from memory
        Environment.CurrentDirectory, // notebooks, while a notebook runs
        AppContext.BaseDirectory,
    ]));

    public static string Default => Found.Value;

    internal static string Find(IReadOnlyList<string?> starts)
    {
        foreach (var start in starts.Where(start => !string.IsNullOrEmpty(start)))
        {
            for (var folder = new DirectoryInfo(start!); folder is not null; folder = folder.Parent)
            {
                var data = Path.Combine(folder.FullName, "data");
                if (Directory.Exists(Path.Combine(data, "python")) && Directory.Exists(Path.Combine(data, "recorded")))
                    return data;
            }
        }

        throw new DirectoryNotFoundException(
            "The folder data/ with python/ and recorded/ in it is neither beside nor above "
            + $"{string.Join(" or ", starts.Where(start => !string.IsNullOrEmpty(start)).Distinct())}. "
            + "The Python scripts and their recorded results are part of the repository: use the library from within a clone.");
    }
}
