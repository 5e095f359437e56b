namespace ConcurrencyNotebooks.Tests.Exercises;

[Collection(nameof(ExerciseTest))]
public sealed class RepeatingCheckTests : ExerciseTest
{
    [Fact]
    public async Task Exercise_12_1_accepts_a_loop_with_a_filter() =>
        await AcceptsAsync("12-1", async (Func<Task<int>> callAsync, int atMost) =>
        {
            for (var call = 1; ; call++)
            {
                try { return await callAsync(); }
                catch (TimeoutException) when (call < atMost) { }
            }
        });

    [Fact]
    public async Task Exercise_12_1_rejects_one_call_a_loop_without_end_and_repeating_whatever_happens()
    {
        await RejectsAsync("12-1", "There were 1 calls", async (Func<Task<int>> callAsync, int atMost) => await callAsync());
        await RejectsAsync("12-1", "at most 4 were allowed, and there were 5", (Func<Task<int>> callAsync, int atMost) =>
            AnyAsync(callAsync, atMost + 1));
        await RejectsAsync("12-1", "let that one out. The outcome was another one.", async (Func<Task<int>> callAsync, int atMost) =>
        {
            for (var call = 1; call <= atMost; call++)
            {
                try { return await callAsync(); }
                catch (TimeoutException) { }
            }

            throw new TimeoutException();
        });
        await RejectsAsync("12-1", "the outcome was AggregateException.", (Func<Task<int>> callAsync, int atMost) =>
            Task.FromResult(callAsync().Result));
        await RejectsAsync("12-1", "let it out at once", (Func<Task<int>> callAsync, int atMost) => AnyAsync(callAsync, atMost));
    }

    [Fact]
    public async Task Exercise_12_2_accepts_numbers_that_are_kept_and_leaves_open_what_counts_twice()
    {
        var (balance, seen) = (0, new HashSet<Guid>());
        await AcceptsAsync("12-2", async (Guid operation, int amount) =>
        {
            await Task.Yield();
            return seen.Add(operation) ? balance += amount : balance;
        });
        var answers = new Dictionary<Guid, int>();
        await AcceptsAsync("12-2", async (Guid operation, int amount) => // the answer is kept with its number
        {
            await Task.Yield();
            if (!answers.ContainsKey(operation)) answers[operation] = answers.Count > 0 ? answers.Values.Max() + amount : amount;
            return answers[operation];
        });
        await LeavesOpenAsync("12-2", "in the balance twice", async (Guid operation, int amount) =>
        {
            await Task.Yield();
            return balance += amount;
        });
    }

    [Fact]
    public async Task Exercise_12_2_rejects_a_memory_of_few_operations_or_of_amounts_and_one_that_is_written_too_late()
    {
        var (balance, last, amounts) = (0, Guid.Empty, new HashSet<int>());
        await RejectsAsync("12-2", "when others have been made in between", (Guid operation, int amount) =>
        {
            if (operation != last) balance += amount;
            last = operation;
            return Task.FromResult(balance);
        });
        var few = new Queue<Guid>();
        await RejectsAsync("12-2", "when others have been made in between", (Guid operation, int amount) =>
        {
            if (few.Contains(operation)) return Task.FromResult(balance);
            few.Enqueue(operation);
            if (few.Count > 2) few.Dequeue();
            return Task.FromResult(balance += amount);
        });
        var late = new HashSet<Guid>();
        await RejectsAsync("12-2", "Note its number before you await anything.", async (Guid operation, int amount) =>
        {
            if (late.Contains(operation)) return balance;
            await Task.Yield();
            late.Add(operation);
            return balance += amount;
        });
        await RejectsAsync("12-2", "only the number tells two apart", (Guid operation, int amount) =>
            Task.FromResult(amounts.Add(amount) ? balance += amount : balance));
    }

    private static async Task<int> AnyAsync(Func<Task<int>> callAsync, int atMost)
    {
        for (var call = 1; ; call++)
        {
            try { return await callAsync(); }
            catch (Exception) when (call < atMost) { }
        }
    }
}
