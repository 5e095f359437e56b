using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace OutOfProcess.Tests.Values;

/// <summary>The table of the README: what crosses between processes, and what does not.</summary>
internal static class ValueTable
{
    private const string Begin = "<!-- values: written by ValueTests, with OUT_OF_PROCESS_README=write -->";
    private const string End = "<!-- end of values -->";

    private static readonly Animal Rex = new Dog("rex", 7);
    private static readonly int[] FromOne = [1];

    public static IEnumerable<(string What, object? Value)> Rows =>
    [
        ("`null`, `true`, numbers of every kind, `char`",
            new object?[] { null, true, 'x', (byte)1, 2, 3L, 4UL, 5f, 6m, (nint)7, (Half)8, (Int128)9 }),
        ("NaN, infinities, negative zero, `1.10m`", new object[] { double.NaN, double.NegativeInfinity, -0.0, 1.10m }),
        ("any `string`, lone surrogates included", new[] { "", "日本", "😀", "\ud800", "a\0b" }),
        ("enums, `Nullable<T>`", new object?[] { Colour.Green, (int?)3, null }),
        ("`Guid`, `TimeSpan`, `DateOnly`, `DateTime` with its kind, `DateTimeOffset` with its offset", new object[]
        {
            Guid.NewGuid(), TimeSpan.FromTicks(1), new DateOnly(2026, 11, 25), DateTime.UtcNow, DateTime.Now, DateTime.MinValue,
            new DateTimeOffset(2026, 11, 25, 22, 0, 0, TimeSpan.FromMinutes(345)),
        }),
        ("`BigInteger`, `Complex`, `Version`, `Uri`", new object[]
        {
            BigInteger.Pow(7, 99), new Complex(1, -2), new Version(1, 2), new Uri("http://localhost/a?b#c"),
            new Uri("/a", UriKind.Relative),
        }),
        ("tuples, structs, records, classes: every field, private ones too", new object[]
        {
            (1, "a"), (1, (nint)2), Tuple.Create(1, "a"), new Point(1, 2), new Named("n", new Point(1, double.NaN)), Rex, new Account(5),
        }),
        ("a derived type behind its base, a boxed value behind `object`", new Animal[] { Rex, new("cat") }),
        ("cycles, and one object referred to twice", Cycle()),
        ("arrays of all these, of arrays, of two dimensions",
            new object[] { new[] { 1.5 }, new[] { Rex, null }, new int[][] { [1], [] }, new[,] { { 1, 2 } } }),
        ("`List`, `LinkedList`, `Queue`, `Stack`, `BitArray`, `StringBuilder`, `ReadOnlyCollection`, `ImmutableArray`, `Memory`",
            new object[]
        {
            new List<int> { 1 }, new LinkedList<Animal>([Rex]), new Queue<int>([1, 2]), new Stack<int>([1, 2]),
            new ConcurrentQueue<int>([1, 2]),
            new BitArray(3, defaultValue: true), new StringBuilder("abc"), new List<int> { 1 }.AsReadOnly(), ImmutableArray.Create(1, 2),
            new byte[] { 1, 2 }.AsMemory(1),
        }),
        ("`Dictionary`, `HashSet`, `SortedDictionary`, `SortedSet`, `SortedList`, `ConcurrentDictionary`", new object[]
        {
            new Dictionary<string, int> { ["a"] = 1 }, new HashSet<string> { "b" },
            new SortedDictionary<int, string> { [2] = "b", [1] = "a" },
            new SortedSet<int> { 2, 1 }, new SortedList<int, int> { [2] = 1 }, new ConcurrentDictionary<int, int> { [1] = 2 },
        }),
        ("their comparers: of strings, and of your own", new object[]
        {
            new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "b" }, new SortedSet<string>(StringComparer.Ordinal) { "b" },
            new Dictionary<string, int>(new LastLetterComparer()) { ["a"] = 1 },
        }),
        ("a comparer of a culture", new HashSet<string>(StringComparer.Create(new("de-DE"), ignoreCase: true))),
        ("other collections of .NET", ImmutableDictionary<int, int>.Empty),
        ("a class of your own derived from a class of .NET", new Phonebook()),
        ("an `Exception` as a value", new InvalidOperationException("no")),
        ("a query that has not run", Enumerable.Range(1, 3).Where(number => number > 1)),
        ("an iterator that has not run", ValueWork.Lazily(3)),
        ("a delegate", (Func<int>)(() => 3)),
        ("an object that holds a delegate", new TaskWithHandler { Handler = Console.WriteLine }),
        ("a `Task`", Task.CompletedTask),
        ("a `Stream`", new MemoryStream()),
        ("a `Type`", typeof(int)),
        ("a `Regex`", new Regex("a")),
        ("a `Lazy<T>`", new Lazy<int>(3)),
        ("a handle", default(GCHandle)),
        ("an object with a finalizer", new Finalized()),
        ("an array that does not begin at 0", Array.CreateInstance(typeof(string), FromOne, FromOne)),
    ];

    public static void CheckReadme(string table)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "lib/OutOfProcess/README.md")))
            folder = folder.Parent;
        var path = Path.Combine(folder.FullName, "lib/OutOfProcess/README.md");
        var text = File.ReadAllText(path);
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("OUT_OF_PROCESS_README") == "write")
            File.WriteAllText(path, $"{text[..from]}\n{table}\n{text[to..]}");
        else
            text[from..to].Trim().Should().Be(table,
                "the README has the table that this test makes; OUT_OF_PROCESS_README=write writes it");
    }

    private static Node Cycle()
    {
        var node = new Node { Value = Rex };
        node.Others.AddRange([node, new Node { Value = Rex, Next = node }]);
        return node;
    }
}
