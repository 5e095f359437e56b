namespace ConcurrencyNotebooks;

/// <summary>
/// Shows in a notebook how the library does what a lesson is about: the source of its methods, as it was when the library was built.
/// </summary>
/// <example>
/// <code>
/// Show.Source("Primes.IsPrime", "Primes.Count");
/// </code>
/// </example>
public static class Show
{
    private const string Folder = "source/";
    private const string Indent = "    ";

    /// <summary>Prints methods with their attributes and comments, without their documentation.</summary>
    /// <param name="methods">Type and method, such as <c>Primes.Count</c>: all methods of that name, private ones included.</param>
    /// <exception cref="ArgumentException">There is no such type or method; the message lists those that there are.</exception>
    public static void Source(params string[] methods)
    {
        ArgumentNullException.ThrowIfNull(methods);
        Console.WriteLine(string.Join("\n\n", methods.SelectMany(Find)));
    }

    internal static IEnumerable<string> Find(string method)
    {
        if (method.Split('.') is not [var type, var name])
            throw new ArgumentException($"'{method}' is no method; give type and method, such as Primes.Count.", nameof(method));
        var files = Files.Where(file => file.StartsWith($"{Folder}{type}.", StringComparison.Ordinal)).Select(Lines).ToList();
        if (files.Count == 0)
        {
            throw new ArgumentException(
                $"There is no source of a type {type}; there is that of {string.Join(", ", Files.Select(TypeOf).Distinct().Order())}.",
                nameof(method));
        }

        var found = files.SelectMany(lines => Methods(lines, Regex.Escape(name))).Select(declared => declared.Source).ToList();
        if (found.Count > 0) return found;
        var others = files.SelectMany(lines => Methods(lines, @"\w+")).Select(declared => declared.Name).Distinct().Order();
        throw new ArgumentException($"{type} has no method {name}; it has {string.Join(", ", others)}.", nameof(method));
    }

    private static IEnumerable<string> Files => typeof(Show).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal));

    private static string TypeOf(string file) => file[Folder.Length..].Split('.')[0];

    private static string[] Lines(string file)
    {
        using var reader = new StreamReader(typeof(Show).Assembly.GetManifestResourceStream(file)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n');
    }

    // The formatter sees to it that members of a type are indented once, and end at a brace of their own or at a semicolon.
    private static IEnumerable<(string Name, string Source)> Methods(string[] lines, string name)
    {
        var declaration = new Regex($@"^{Indent}(?:public|private|internal|protected) [^=(]*?\b({name})(?:<\w+(?:, \w+)*>)?\(");
        for (var line = 0; line < lines.Length; line++)
        {
            if (declaration.Match(lines[line]) is not { Success: true } match) continue;
            int start = line, end = line;
            while (lines[start - 1].StartsWith($"{Indent}[", StringComparison.Ordinal)) start--;
            while (!lines[end].EndsWith(';') && lines[end] != $"{Indent}{{") end++;
            if (lines[end] == $"{Indent}{{") end = Array.IndexOf(lines, $"{Indent}}}", end);
            var source = lines[start..(end + 1)].Select(text => text.StartsWith(Indent, StringComparison.Ordinal) ? text[4..] : text);
            yield return (match.Groups[1].Value, string.Join('\n', source));
        }
    }
}
