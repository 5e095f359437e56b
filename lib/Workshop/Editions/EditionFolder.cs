using System.Security.Cryptography;

namespace Workshop.Editions;

/// <summary>
/// A folder with an edition, and in it a list of the files that this program wrote. A folder of somebody else is refused, and so is one in
/// which a file was changed since: that may be a learner's work.
/// </summary>
internal sealed class EditionFolder
{
    private const string ListName = ".edition.json";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly string _path;
    private readonly FileList _before;
    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <summary>Takes the folder, which need not exist; nothing is written before <see cref="Save"/>.</summary>
    /// <exception cref="InputException">It is not ours, or somebody has changed it.</exception>
    public EditionFolder(string path, Edition edition)
    {
        _path = path;
        _before = Read() ?? new FileList(edition.ToString(), []);
        if (_before.Edition != edition.ToString()) throw Refusal($"holds the {_before.Edition.ToLowerInvariant()} edition");
        List<string> changed = [.. from file in _before.Files
                                   where File.Exists(PathOf(file.Key))
                                   where !file.Value.Contains(Hash(File.ReadAllBytes(PathOf(file.Key))), StringComparison.Ordinal)
                                   select file.Key];
        if (changed.Count > 0)
            throw Refusal($"was changed since it was written ({changed[0]}{(changed.Count > 1 ? $" and {changed.Count - 1} more" : "")})");
    }

    public void Add(string name, byte[] content) => _files[name] = content;

    /// <summary>Writes each file whole or not at all, and deletes those of the last time that there are no more.</summary>
    public void Save()
    {
        try
        {
            // Until all are written, a file may be the old one or the new one; an interrupted write is not somebody's change.
            var after = _files.ToDictionary(file => file.Key, file => Hash(file.Value));
            Directory.CreateDirectory(_path);
            WriteList(_before.Files.Concat(after).GroupBy(file => file.Key, file => file.Value)
                .ToDictionary(file => file.Key, file => string.Join(' ', file.Distinct())));
            foreach (var (name, content) in _files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
                AtomicFile.Write(PathOf(name), content);
            }

            foreach (var name in _before.Files.Keys.Except(_files.Keys)) File.Delete(PathOf(name));
            WriteList(after);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException(
                $"The edition was not written to the end: {exception.Message} "
                + "Check that the folder is writable and has room, or choose another with --output.", exception);
        }
    }

    private FileList? Read()
    {
        if (File.Exists(_path)) throw new InputException($"{_path} is a file. Choose a folder with --output.");
        if (!Directory.Exists(_path) || !Directory.EnumerateFileSystemEntries(_path).Any()) return null;
        try
        {
            var read = JsonSerializer.Deserialize<FileList>(File.ReadAllText(PathOf(ListName)));
            return read is { Edition: not null, Files: not null } && read.Files.Keys.All(IsInside) ? read : throw new JsonException();
        }
        catch (FileNotFoundException)
        {
            throw new InputException($"{_path} holds something else than an edition. Choose an empty folder with --output.");
        }
        catch (JsonException)
        {
            throw new InputException($"{PathOf(ListName)} is damaged. Choose another folder with --output, or move this one away.");
        }
    }

    // A list from anywhere must not make us delete what lies outside the folder.
    private static bool IsInside(string name) =>
        name.Length > 0 && !Path.IsPathRooted(name) && !name.Split('/', '\\').Contains("..");

    private void WriteList(Dictionary<string, string> files) => AtomicFile.Write(
        PathOf(ListName),
        JsonSerializer.SerializeToUtf8Bytes(_before with { Files = new(files, StringComparer.Ordinal) }, Indented));

    private string PathOf(string name) => Path.Combine(_path, name);

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private InputException Refusal(string problem) => new(
        $"The folder {_path} {problem}, and is left as it is. Choose another one with --output, or move this one away.");

    private sealed record FileList(string Edition, SortedDictionary<string, string> Files);
}
