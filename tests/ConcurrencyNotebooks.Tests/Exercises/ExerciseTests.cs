using System.Text.RegularExpressions;

namespace ConcurrencyNotebooks.Tests.Exercises;

/// <summary>What is the same for every exercise.</summary>
[Collection(nameof(ExerciseTest))]
public sealed partial class ExerciseTests : ExerciseTest
{
    public static TheoryData<string> Ids => [.. Exercise.Ids];

    [Fact]
    public void Every_notebook_of_the_course_has_two_exercises_or_more()
    {
        Exercise.Ids.Should().OnlyContain(id => Form().IsMatch(id)).And.OnlyHaveUniqueItems();
        Exercise.Ids.GroupBy(id => id[..2]).Should().HaveCount(12).And.OnlyContain(group => group.Count() >= 2);
    }

    [Fact]
    public async Task A_stub_is_not_solved_yet_and_makes_no_claim()
    {
        await LeavesOpenAsync("01-1", "not solved yet.", void (int count, Action wait) => throw new NotImplementedException());
        await LeavesOpenAsync("01-2", "not solved yet.", async (int count, Func<Task> waitAsync) =>
        {
            await Task.Yield();
            throw new NotImplementedException();
        });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_method_with_another_signature_is_told_so(string id) =>
        await RejectsAsync(id, "The method needs the parameters and the return type", (string nothing) => 42);

    [Fact]
    public async Task What_a_solution_throws_is_a_sentence()
    {
        await RejectsAsync("01-1", "It threw DivideByZeroException: Attempted to divide by zero.",
            void (int count, Action wait) => throw new DivideByZeroException());
        await RejectsAsync("01-2", "It threw AggregateException, and in it FormatException: bad luck", (int count, Func<Task> waitAsync) =>
            Task.Run(() => Task.FromException(new FormatException("bad luck")).Wait()));
    }

    [Fact]
    public async Task A_loop_without_end_is_ended()
    {
        Thread? looping = null;

        await RejectsAsync("01-1", "It had not ended after 2 s: it loops, or waits for something that never comes.",
            (int count, Action wait) =>
            {
                looping = Thread.CurrentThread;
                while (true) count++;
            },
            limitSeconds: 2);

        looping!.Join(TimeSpan.FromSeconds(30)).Should().BeTrue("it would keep a core until the notebook's end");
    }

    [Fact]
    public async Task A_thread_that_never_ends_does_not_keep_the_program()
    {
        Thread? waiting = null;

        await RejectsAsync("01-1", "It had not ended after 2 s",
            (int count, Action wait) =>
            {
                waiting = new Thread(() => Thread.Sleep(Timeout.Infinite));
                waiting.Start();
                waiting.Join();
            },
            limitSeconds: 2);

        waiting!.IsBackground.Should().BeTrue();
    }

    [Fact]
    public async Task An_exercise_that_there_is_not_is_an_error_that_names_those_there_are()
    {
        var check = () => Exercise.CheckAsync("03-9", () => { });

        (await check.Should().ThrowAsync<ArgumentException>()).WithMessage("There is no exercise 03-9; there are 01-1, 01-2, *");
        var withoutId = () => Exercise.CheckAsync(null!, () => { });
        (await withoutId.Should().ThrowAsync<ArgumentNullException>()).WithParameterName("id");
    }

    [Fact]
    public async Task A_result_shows_itself_on_one_line_and_carries_its_claim()
    {
        var solved = await Exercise.CheckAsync("01-2",
            (int count, Func<Task> waitAsync) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => waitAsync())));
        var stub = await Exercise.CheckAsync("01-2", Task (int count, Func<Task> waitAsync) => throw new NotImplementedException());

        solved.ToHtml().Should().Contain("✔").And.Contain("Ten async waits overlap");
        stub.ToHtml().Should().Be("""<div class="cn-exercise">… Exercise 01-2: not solved yet.</div>""");
        ((IRichOutput)solved).ClaimsAsJson.Should().Be(ClaimReader.Write([solved.Claim!]));
        ((IRichOutput)stub).ClaimsAsJson.Should().Be("[]");
    }

    [GeneratedRegex(@"^(0\d|1[0-2])-[1-9]$")]
    private static partial Regex Form();
}
