namespace ConcurrencyNotebooks;

/// <summary>Finds what belongs to the repository: compiled programs and the data folder.</summary>
internal static class RepositoryFile
{
    /// <summary>
    /// The file or folder at one of these paths, relative to the repository, beside the library or above it; the one written last where
    /// there are several. The working directory is searched too: a host may load the library from memory, which leaves it no place.
    /// </summary>
    /// <exception cref="FileNotFoundException">None exists; the message says what to do.</exception>
    public static string Find(params string[] paths)
    {
        var library = Path.GetDirectoryName(typeof(RepositoryFile).Assembly.Location);
        string?[] places = [library, AppContext.BaseDirectory, Environment.CurrentDirectory];
        var starts = places.OfType<string>().Where(place => place.Length > 0).Distinct().ToList();
        foreach (var start in starts)
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var found = paths.Select(path => Path.Combine(folder.FullName, path)).Where(Path.Exists).MaxBy(File.GetLastWriteTimeUtc);
                if (found is not null) return found;
            }
        }

        throw new FileNotFoundException(
            $"{Path.GetFileName(paths[0])} is not there: {paths[0]} was looked for in and above {string.Join(" and ", starts)}. "
            + "Use the library from within a clone of the repository, and run `dotnet build` there.", paths[0]);
    }
}
