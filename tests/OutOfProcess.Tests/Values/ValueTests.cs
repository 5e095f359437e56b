using System.Text;

namespace OutOfProcess.Tests.Values;

/// <summary>A value arrives as it left, or it is refused by name before anything is sent.</summary>
public sealed class ValueTests : ProcessPoolTest
{
    [Fact]
    public async Task Derived_types_private_state_and_boxed_values_arrive_as_they_left()
    {
        await using var pool = new ProcessPool(1);

        (await pool.RunAsync(ValueWork.Text, new StringBuilder("abc"))).Should().Be("abc");
        (await pool.RunAsync(ValueWork.EchoAnimal, new Dog("rex", 7))).Should().Be(new Dog("rex", 7));
        (await pool.RunAsync(ValueWork.KindOf, new Dictionary<string, object> { ["a"] = 1 }, "a")).Should().Be("Int32");
        (await pool.RunAsync(ValueWork.DepositInto, new Account(5))).Should().Be(15);
        (await pool.RunAsync(ValueWork.Deposited, new Account(5))).Balance().Should().Be(15);
        (await pool.MapAsync(ValueWork.EchoAnimal, [new Animal("cat"), new Dog("rex", 7)]))
            .Should().Equal(new Animal("cat"), new Dog("rex", 7));
    }

    [Fact]
    public async Task Cycles_and_shared_references_arrive_as_they_left()
    {
        await using var pool = new ProcessPool(1);
        var node = new Node { Next = new Node() };
        node.Next.Next = node;
        var rex = new Dog("rex", 7);

        var circle = await pool.RunAsync(ValueWork.Circle, node);

        circle.Next!.Next.Should().BeSameAs(circle);
        (await pool.RunAsync(ValueWork.AreSame, new Animal[] { rex, rex })).Should().BeTrue();
        (await pool.RunAsync(ValueWork.AreSame, new Animal[] { rex, new Dog("rex", 7) })).Should().BeFalse();
    }

    [Fact]
    public async Task A_dictionary_keeps_its_comparer()
    {
        await using var pool = new ProcessPool(1);

        (await pool.RunAsync(ValueWork.Knows, new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["Rex"] = 7 }, "REX"))
            .Should().BeTrue();
        (await pool.RunAsync(ValueWork.Knows, new Dictionary<string, int>(new LastLetterComparer()) { ["Rex"] = 7 }, "Max"))
            .Should().BeTrue();
        (await pool.RunAsync(ValueWork.Knows, new Dictionary<string, int> { ["Rex"] = 7 }, "REX")).Should().BeFalse();
    }

    [Fact]
    public async Task A_set_finds_what_is_hashed_by_a_list_that_came_before_it()
    {
        await using var pool = new ProcessPool(1);
        var words = new List<string> { "a", "b" };

        (await pool.RunAsync(ValueWork.FindsIn, new Text(words, [new(words)]))).Should().BeTrue();
    }

    [Fact]
    public async Task A_sequence_that_has_not_run_is_refused_by_name()
    {
        await using var pool = new ProcessPool(1);

        var lazily = () => pool.RunAsync(ValueWork.Lazily, 3);
        var query = () => pool.RunAsync(ValueWork.Query, 3);

        (await lazily.Should().ThrowAsync<UnserializableResultException>()).WithMessage("*Lazily(3)*has not run; call ToArray()*");
        (await query.Should().ThrowAsync<UnserializableResultException>()).WithMessage("*Query(3)*array*");
        (await pool.RunAsync(RemoteWork.Negate, 1)).Should().Be(-1);
    }

    [Fact]
    public async Task A_chain_that_is_too_long_is_refused_and_does_not_end_the_process()
    {
        await using var pool = new ProcessPool(1);
        var chain = Enumerable.Range(0, 100_000).Aggregate(new Node(), (next, _) => new Node { Next = next });

        var run = () => pool.RunAsync(ValueWork.Echo, chain);

        (await run.Should().ThrowAsync<ArgumentException>()).WithMessage("*more than 256 deep (in Node.Next)*");
    }

    [Fact]
    public async Task What_crosses_is_what_the_README_says()
    {
        await using var pool = new ProcessPool(1);
        var rows = new List<string> { "| what | crosses? | why not |", "| --- | --- | --- |" };
        foreach (var (what, value) in ValueTable.Rows)
        {
            var (crosses, note) = await TryAsync(pool, value);
            rows.Add($"| {what} | {(crosses ? "yes" : "no")} | {note} |");
        }

        ValueTable.CheckReadme(string.Join('\n', rows));
    }

    private static async Task<(bool Crosses, string Note)> TryAsync(ProcessPool pool, object? value)
    {
        try
        {
            var copy = await pool.RunAsync(ValueWork.Echo, value).InTime();
            Faithful.Difference(value, copy).Should().BeNull("what arrives is what left");
            return (true, "");
        }
        catch (ArgumentException refused)
        {
            // Only the reason: "The argument of type X for Y cannot cross to another process: REASON. Pass …"
            var reason = refused.Message.Split("another process: ")[1].Split(". Pass numbers")[0];
            return (false, $"\"{reason}\"");
        }
    }
}
