using FetchAsync = System.Func<string, System.Threading.CancellationToken, System.Threading.Tasks.Task<string>>;
using OneAsync = System.Func<System.Threading.CancellationToken, System.Threading.Tasks.Task<string>>;

namespace ConcurrencyNotebooks.Tests.Exercises;

[Collection(nameof(ExerciseTest))]
public sealed class EndingCheckTests : ExerciseTest
{
    [Fact]
    public async Task Exercise_06_1_accepts_WhenEach_and_WhenAny()
    {
        await AcceptsAsync("06-1", FirstAsync);
        await AcceptsAsync("06-1", async (string[] mirrors, FetchAsync fetchAsync) =>
        {
            var stop = new CancellationTokenSource();
            var open = mirrors.Select(mirror => fetchAsync(mirror, stop.Token)).ToList();
            while (true)
            {
                var done = await Task.WhenAny(open);
                open.Remove(done);
                if (!done.IsCompletedSuccessfully) continue;
                _ = stop.CancelAsync(); // in a moment
                return done.Result;
            }
        });
    }

    [Fact]
    public async Task Exercise_06_1_rejects_a_sequence_the_first_to_fail_and_requests_that_go_on()
    {
        await RejectsAsync("06-1", "All 2 requests ran one after the other", async (string[] mirrors, FetchAsync fetchAsync) =>
        {
            foreach (var mirror in mirrors.Skip(1))
            {
                try { return await fetchAsync(mirror, CancellationToken.None); }
                catch (HttpRequestException) { }
            }

            return "";
        });
        await RejectsAsync("06-1", "its exception came out", async (string[] mirrors, FetchAsync fetchAsync) =>
            await await Task.WhenAny(mirrors.Select(mirror => fetchAsync(mirror, CancellationToken.None))));
        await RejectsAsync("06-1", "two requests go on for nothing", (string[] mirrors, FetchAsync fetchAsync) =>
            FirstAsync(mirrors, (mirror, _) => fetchAsync(mirror, default)));
        await RejectsAsync("06-1", "0 of 4 requests had begun.", (string[] mirrors, FetchAsync fetchAsync) =>
            Task.FromResult("page of quick"));
        await RejectsAsync("06-1", "It kept its caller until requests had ended: it blocks.", (string[] mirrors, FetchAsync fetchAsync) =>
        {
            using var stop = new CancellationTokenSource();
            var open = mirrors.Select(mirror => fetchAsync(mirror, stop.Token)).ToList();
            while (true)
            {
                var done = open[Task.WaitAny([.. open])];
                open.Remove(done);
                if (!done.IsCompletedSuccessfully) continue;
                stop.Cancel();
                return done;
            }
        });
        await RejectsAsync("06-1", "The mirror \"quick\" was the first to succeed.", async (string[] mirrors, FetchAsync fetchAsync) =>
        {
            await FirstAsync(mirrors, fetchAsync);
            return "page of silent";
        });
    }

    [Fact]
    public async Task Exercise_06_2_accepts_CancelAfter_and_a_timeout_that_cancels()
    {
        await AcceptsAsync("06-2", async (TimeSpan limit, OneAsync fetchAsync) =>
        {
            using var stop = new CancellationTokenSource(limit);
            return await fetchAsync(stop.Token);
        });
        await AcceptsAsync("06-2", async (TimeSpan limit, OneAsync fetchAsync) =>
        {
            using var stop = new CancellationTokenSource();
            try { return await fetchAsync(stop.Token).WaitAsync(limit); }
            finally { stop.Cancel(); }
        });
    }

    [Fact]
    public async Task Exercise_06_2_rejects_no_limit_giving_up_alone_and_hidden_failures()
    {
        await RejectsAsync("06-2", "The time was over, and the outcome was \"too late\".",
            (TimeSpan limit, OneAsync fetchAsync) => fetchAsync(CancellationToken.None));
        await RejectsAsync("06-2", "You gave up waiting, and the request goes on.",
            async (TimeSpan limit, OneAsync fetchAsync) =>
                await fetchAsync(CancellationToken.None).WaitAsync(limit));
        await RejectsAsync("06-2", "A request failed with HttpRequestException, and the outcome was TimeoutException.",
            async (TimeSpan limit, OneAsync fetchAsync) =>
            {
                using var stop = new CancellationTokenSource(limit);
                try { return await fetchAsync(stop.Token); }
                catch { throw new TimeoutException(); }
            });
        await RejectsAsync("06-2", "A quick request answered \"page\"", async (TimeSpan limit, OneAsync fetchAsync) =>
        {
            using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(1));
            return await fetchAsync(stop.Token);
        });
        await RejectsAsync("06-2", "A quick request answered \"page\"", async (TimeSpan limit, OneAsync fetchAsync) =>
        {
            using var stop = new CancellationTokenSource(TimeSpan.Zero);
            return await fetchAsync(stop.Token) + stop.Token.IsCancellationRequested;
        });
    }

    [Fact]
    public async Task Exercise_10_2_accepts_a_token_that_each_failing_request_cancels()
    {
        await AcceptsAsync("10-2", async (string[] names, FetchAsync fetchAsync) =>
        {
            using var stop = new CancellationTokenSource();
            var first = (Exception?)null;
            var all = Task.WhenAll(names.Select(async name =>
            {
                try
                {
                    return await fetchAsync(name, stop.Token);
                }
                catch (Exception failure)
                {
                    Interlocked.CompareExchange(ref first, failure, null);
                    stop.Cancel();
                    throw;
                }
            }));
            await Task.WhenAny(all);
            return all.IsCompletedSuccessfully ? all.Result : throw first!;
        });
        await AcceptsAsync("10-2", GroupAsync);
        await AcceptsAsync("10-2", async (string[] names, FetchAsync fetchAsync) => // several things may have gone wrong
        {
            try { return await GroupAsync(names, fetchAsync); }
            catch (HttpRequestException failure) { throw new AggregateException(failure); }
        });
    }

    [Fact]
    public async Task Exercise_10_2_rejects_WhenAll_alone_giving_up_on_the_others_and_a_cancellation_that_hides_the_failure()
    {
        await RejectsAsync("10-2", "One request failed, and the others went on.", (string[] names, FetchAsync fetchAsync) =>
            Task.WhenAll(names.Select(name => fetchAsync(name, default))));
        await RejectsAsync("10-2", "still cleaned up when your task ended", async (string[] names, FetchAsync fetchAsync) =>
        {
            using var stop = new CancellationTokenSource();
            var tasks = names.Select(name => fetchAsync(name, stop.Token)).ToList();
            await foreach (var task in Task.WhenEach(tasks))
            {
                if (task.IsFaulted) stop.Cancel();
                await task;
            }

            return await Task.WhenAll(tasks);
        });
        await RejectsAsync("10-2", "the outcome was OperationCanceledException. Throw", async (string[] names, FetchAsync fetchAsync) =>
        {
            try { return await GroupAsync(names, fetchAsync); }
            catch (HttpRequestException) { throw new OperationCanceledException(); }
        });
        await RejectsAsync("10-2", "All 4 requests ran one after the other", async (string[] names, FetchAsync fetchAsync) =>
        {
            var pages = new List<string>();
            foreach (var name in names) pages.Add(await fetchAsync(name, default));
            return pages.ToArray();
        });
    }

    private static async Task<string> FirstAsync(string[] mirrors, FetchAsync fetchAsync)
    {
        using var stop = new CancellationTokenSource();
        await foreach (var task in Task.WhenEach(mirrors.Select(mirror => fetchAsync(mirror, stop.Token))))
        {
            if (!task.IsCompletedSuccessfully) continue;
            stop.Cancel();
            return await task;
        }

        throw new HttpRequestException("No mirror has the page.");
    }

    private static async Task<string[]> GroupAsync(string[] names, FetchAsync fetchAsync)
    {
        using var stop = new CancellationTokenSource();
        var tasks = names.Select(name => fetchAsync(name, stop.Token)).ToList();
        Task? failed = null;
        await foreach (var task in Task.WhenEach(tasks))
        {
            if (!task.IsFaulted) continue;
            failed ??= task;
            stop.Cancel();
        }

        if (failed is not null) await failed;
        return await Task.WhenAll(tasks);
    }
}
