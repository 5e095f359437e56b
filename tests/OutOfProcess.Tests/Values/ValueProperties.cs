using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace OutOfProcess.Tests.Values;

/// <summary>
/// Random values across the pool and back: 2,000 of them, or as many as OUT_OF_PROCESS_VALUES says (100,000 take a minute).
/// </summary>
public sealed class ValueProperties : ProcessPoolTest
{
    private const int Batch = 100;

    private static readonly int Values = int.Parse(
        Environment.GetEnvironmentVariable("OUT_OF_PROCESS_VALUES") ?? "2000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Any_value_comes_back_as_it_went()
    {
        await using var pool = new ProcessPool(2);

        Prop.ForAll<int>(seed =>
        {
            var maker = new ValueMaker(seed);
            var values = Enumerable.Range(0, Batch).Select(_ => maker.Make(depth: 4)).ToArray();
            var copies = pool.MapAsync(ValueWork.Echo, values).InTime().GetAwaiter().GetResult();
            for (var i = 0; i < Batch; i++)
                Faithful.Difference(values[i], copies[i]).Should().BeNull($"value {i} of seed {seed} should come back as it went");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Math.Max(1, Values / Batch)));
    }

    [Fact]
    public void A_difference_is_noticed()
    {
        Faithful.Difference(new Account(5), new Account(6)).Should().Be("value._balance: 5 and 6");
        Faithful.Difference(new Dog("rex", 7), new Animal("rex")).Should().Contain("Animal");
        Faithful.Difference(0.0, -0.0).Should().NotBeNull();
        Faithful.Difference(1.1m, 1.10m).Should().NotBeNull();
        Faithful.Difference(new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.OrdinalIgnoreCase))
            .Should().NotBeNull();
        var rex = new Animal("rex");
        Faithful.Difference(new[] { rex, rex }, new[] { rex, rex with { } }).Should().Be("value[1]: not the same object as before");
    }

    /// <summary>Makes values of all kinds, some of which hold others, and hold some of them twice or in circles.</summary>
    private sealed class ValueMaker(int seed)
    {
        private static readonly double[] Odd = [double.NaN, -0.0, double.Epsilon, double.PositiveInfinity, double.MinValue];

        private readonly Random _random = new(seed);
        private readonly List<Node> _nodes = [];

        public object? Make(int depth)
        {
            _nodes.Clear();
            return Any(depth);
        }

        private object? Any(int depth) => depth == 0 ? Leaf() : _random.Next(16) switch
        {
            0 => Items(depth).ToArray(),
            1 => Items(depth),
            2 => Items(depth).Select(item => (item, _random.Next())).ToArray(),
            3 => Enumerable.Range(0, _random.Next(5)).ToDictionary(each => Text() + each, _ => Any(depth - 1), Comparer()),
            4 => new HashSet<string>(Enumerable.Range(0, _random.Next(5)).Select(_ => Text()), Comparer()),
            5 => new SortedDictionary<int, object?> { [_random.Next()] = Any(depth - 1), [1] = null },
            6 => new Dictionary<object, int> { [new Dog(Text(), _random.Next())] = 1, [(Text(), 2)] = 2 },
            7 => new Stack<object?>(Items(depth)),
            8 => new Dog(Text(), _random.Next()),
            9 => new Account(_random.Next()),
            10 => new Named(Text(), new Point(_random.NextDouble(), Number())),
            11 => new int[,] { { _random.Next(), 1 }, { 2, 3 } },
            12 => new double[_random.Next(3000)].Select(_ => Number()).ToArray(),
            13 or 14 => Node(depth),
            _ => Leaf(),
        };

        private object? Leaf() => _random.Next(14) switch
        {
            0 => null,
            1 => _random.Next(),
            2 => Number(),
            3 => Text(),
            4 => new DateTime(_random.NextInt64(DateTime.MaxValue.Ticks), (DateTimeKind)_random.Next(3)),
            5 => new DateTimeOffset(_random.NextInt64(DateTime.MaxValue.Ticks / 2) + TimeSpan.TicksPerDay,
                TimeSpan.FromMinutes(_random.Next(-840, 841))),
            6 => new decimal(_random.Next(), _random.Next(), _random.Next(), _random.Next(2) == 0, (byte)_random.Next(29)),
            7 => Colour.Green,
            8 => (byte)_random.Next(256),
            9 => (char)_random.Next(65536),
            10 => Guid.NewGuid(),
            11 => (float)Number(),
            12 => new string[] { Text(), null!, Text() },
            _ => _random.NextInt64(),
        };

        private List<object?> Items(int depth) => [.. Enumerable.Range(0, _random.Next(6)).Select(_ => Any(depth - 1))];

        // Some are new and some were there before: even the one that is being made.
        private Node Node(int depth)
        {
            if (_nodes.Count > 0 && _random.Next(3) == 0)
                return _nodes[_random.Next(_nodes.Count)];
            var node = new Node();
            _nodes.Add(node);
            node.Value = Any(depth - 1);
            node.Next = depth > 1 ? Node(depth - 1) : null;
            node.Others.AddRange(_nodes.Take(_random.Next(3)));
            return node;
        }

        private double Number() => _random.Next(4) == 0 ? Odd[_random.Next(Odd.Length)] : _random.NextDouble() * 1e9;

        private string Text() => new([.. Enumerable.Range(0, _random.Next(12)).Select(_ => (char)_random.Next(65536))]);

        private StringComparer? Comparer() =>
            _random.Next(3) switch { 0 => null, 1 => StringComparer.Ordinal, _ => StringComparer.OrdinalIgnoreCase };
    }
}
