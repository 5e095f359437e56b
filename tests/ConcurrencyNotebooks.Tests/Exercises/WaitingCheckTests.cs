using System.Collections.Concurrent;
using Fetch = System.Func<string, System.Threading.Tasks.Task<string>>;

namespace ConcurrencyNotebooks.Tests.Exercises;

[Collection(nameof(ExerciseTest))]
public sealed class WaitingCheckTests : ExerciseTest
{
    [Fact]
    public async Task Exercise_01_1_accepts_threads_and_a_pool_of_threads()
    {
        await AcceptsAsync("01-1", (int count, Action wait) => StartAndJoin(count, wait));
        await AcceptsAsync("01-1", (int count, Action wait) =>
        {
            var pool = new FixedThreadPool(count);
            for (var i = 0; i < count; i++) _ = pool.SubmitAsync(wait);
            pool.DisposeAsync().AsTask().Wait();
        });
    }

    [Fact]
    public async Task Exercise_01_1_rejects_a_sequence_threads_that_nobody_joins_and_too_few()
    {
        await RejectsAsync("01-1", "All 10 waits ran one after the other: at most 1 was in flight; start them all, then wait.",
            (int count, Action wait) => { for (var i = 0; i < count; i++) wait(); });
        await RejectsAsync("01-1", "All 10 waits ran one after the other", (int count, Action wait) =>
        {
            for (var i = 0; i < count; i++) StartAndJoin(1, wait);
        });
        await RejectsAsync("01-1", "of 10 waits had. Start all of them, and wait for each.", (int count, Action wait) =>
        {
            StartOnly([.. Enumerable.Range(0, count).Select(_ => new Thread(() => wait()))]);
        });
        await RejectsAsync("01-1", " of 10 had ended when your method had. Do not guess", (int count, Action wait) =>
        {
            StartOnly([.. Enumerable.Range(0, count).Select(_ => new Thread(() => wait()))]);
            Thread.Sleep(1_000); // long enough, the first time
        });
        await RejectsAsync("01-1", "9 of 10 waits", (int count, Action wait) => StartAndJoin(count - 1, wait));
        await RejectsAsync("01-1", "There were 11 waits instead of 10.", (int count, Action wait) => StartAndJoin(count + 1, wait));
    }

    [Fact]
    public async Task Exercise_01_2_accepts_WhenAll_and_tasks_that_are_awaited_one_by_one()
    {
        await AcceptsAsync("01-2", (int count, Func<Task> waitAsync) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => waitAsync())));
        await AcceptsAsync("01-2", async (int count, Func<Task> waitAsync) =>
        {
            var started = Enumerable.Range(0, count).Select(_ => waitAsync()).ToList();
            foreach (var task in started) await task;
        });
        await AcceptsAsync("01-2", async (int count, Func<Task> waitAsync) =>
        {
            await Task.Yield();
            await Task.Run(() => Task.WhenAll(Enumerable.Range(0, count).Select(_ => waitAsync())));
        });
    }

    [Fact]
    public async Task Exercise_01_2_rejects_a_sequence_a_caller_that_is_blocked_and_tasks_that_nobody_awaits()
    {
        await RejectsAsync("01-2", "All 10 waits ran one after the other: at most 1 was in flight; start them all, then await.",
            async (int count, Func<Task> waitAsync) => { for (var i = 0; i < count; i++) await waitAsync(); });
        await RejectsAsync("01-2", "it blocks. Await their tasks instead.", (int count, Func<Task> waitAsync) =>
        {
            Task.WaitAll([.. Enumerable.Range(0, count).Select(_ => waitAsync())]);
            return Task.CompletedTask;
        });
        await RejectsAsync("01-2", "it blocks, though not its caller. Await their tasks instead.", (int count, Func<Task> waitAsync) =>
            Task.Run(() => Task.WaitAll([.. Enumerable.Range(0, count).Select(_ => waitAsync())])));
        await RejectsAsync("01-2", "it blocks, though not its caller. Await their tasks instead.", (int count, Func<Task> waitAsync) =>
        {
            var started = Enumerable.Range(0, count).Select(_ => waitAsync()).ToArray();
            return Task.Run(() => Task.WaitAll(started));
        });
        await RejectsAsync("01-2", " of 10 waits had. Start all of them", (int count, Func<Task> waitAsync) =>
        {
            for (var i = 0; i < count; i++) _ = waitAsync();
            return Task.CompletedTask;
        });
        await RejectsAsync("01-2", " of 10 had ended when your method had. Do not guess", async (int count, Func<Task> waitAsync) =>
        {
            for (var i = 0; i < count; i++) _ = waitAsync();
            await Task.Delay(1_000); // long enough, the first time
        });
        await RejectsAsync("01-2", "It returned null instead of a task.", (int count, Func<Task> waitAsync) => (Task)null!);
    }

    [Fact]
    public async Task Exercise_03_1_accepts_a_pool_of_three_and_three_threads_with_a_common_queue()
    {
        await AcceptsAsync("03-1", async (string[] names, Func<string, string> ask) =>
        {
            await using var pool = new FixedThreadPool(3);
            return await pool.MapAsync(ask, names);
        });
        await AcceptsAsync("03-1", (string[] names, Func<string, string> ask) =>
        {
            var (answers, next) = (new string[names.Length], -1);
            StartAndJoin(3, () =>
            {
                for (int mine; (mine = Interlocked.Increment(ref next)) < names.Length;) answers[mine] = ask(names[mine]);
            });
            return Task.FromResult(answers);
        });
    }

    [Fact]
    public async Task Exercise_03_1_rejects_copied_names_a_sequence_too_many_at_once_and_the_order_of_arrival()
    {
        await RejectsAsync("03-1", "No call had been made", (string[] names, Func<string, string> ask) => Task.FromResult(names.ToArray()));
        await RejectsAsync("03-1", "It returned the names instead of the answers.", async (string[] names, Func<string, string> ask) =>
        {
            await using var pool = new FixedThreadPool(3);
            return await Task.WhenAll(names.Select(name => pool.SubmitAsync(() => { ask(name); return name; })));
        });
        await RejectsAsync("03-1", "All 6 requests ran one after the other",
            (string[] names, Func<string, string> ask) => Task.FromResult(names.Select(ask).ToArray()));
        await RejectsAsync("03-1", "6 requests were in flight at once. At most 3", async (string[] names, Func<string, string> ask) =>
        {
            await using var pool = new FixedThreadPool(6);
            return await pool.MapAsync(ask, names);
        });
        await RejectsAsync("03-1", "in another order than their names", async (string[] names, Func<string, string> ask) =>
        {
            var answers = new ConcurrentQueue<string>();
            await using (var pool = new FixedThreadPool(3)) await pool.MapAsync(name => { answers.Enqueue(ask(name)); return 0; }, names);
            return answers.ToArray();
        });
        await RejectsAsync("03-1", "in another order than their names", async (string[] names, Func<string, string> ask) =>
        {
            await using var pool = new FixedThreadPool(3);
            return (await pool.MapAsync(ask, names)).Order().ToArray();
        });
        await RejectsAsync("03-1", " was asked for 2 times; once is enough.", async (string[] names, Func<string, string> ask) =>
        {
            await using var pool = new FixedThreadPool(3);
            return await pool.MapAsync(name => name.Length > 0 ? ask(name) + ask(name) : "", names);
        });
    }

    [Fact]
    public async Task Exercise_03_2_accepts_Task_Run_and_the_pool_itself_with_MinThreads_set_back()
    {
        await AcceptsAsync("03-2", async (int calls, Action call) =>
        {
            ThreadPool.GetMinThreads(out var workers, out var ports);
            ThreadPool.SetMinThreads(calls, ports);
            try
            {
                await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => Task.Run(call)));
            }
            finally
            {
                ThreadPool.SetMinThreads(workers, ports);
            }
        });
        await AcceptsAsync("03-2", (int calls, Action call) =>
        {
            ThreadPool.GetMinThreads(out var workers, out var ports);
            ThreadPool.SetMinThreads(calls + 5, ports);
            var started = Enumerable.Range(0, calls).Select(_ => Task.Factory.StartNew(call));
            return Task.WhenAll(started).ContinueWith(all =>
            {
                ThreadPool.SetMinThreads(workers, ports);
                return all;
            }).Unwrap();
        });
    }

    [Fact]
    public async Task Exercise_03_2_rejects_a_pool_as_it_is_one_that_is_not_set_back_and_other_threads()
    {
        ThreadPool.GetMinThreads(out var before, out _);

        await RejectsAsync("03-2", "Set both back: the pool is the whole process's.", async (int calls, Action call) =>
        {
            ThreadPool.GetMinThreads(out _, out var ports);
            ThreadPool.SetMinThreads(calls, ports);
            await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => Task.Run(call)));
        });
        ThreadPool.GetMinThreads(out var after, out _);
        after.Should().Be(before, "the check sets back what a solution forgets");
        await RejectsAsync("03-2", "Set both back: the pool is the whole process's.", async (int calls, Action call) =>
        {
            ThreadPool.GetMinThreads(out var workers, out _);
            ThreadPool.SetMinThreads(calls, calls);
            try { await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => Task.Run(call))); }
            finally { ThreadPool.SetMinThreads(workers, calls); }
        });
        await RejectsAsync("03-2", "Let the exception out", async (int calls, Action call) =>
        {
            ThreadPool.GetMinThreads(out var workers, out var ports);
            ThreadPool.SetMinThreads(calls, ports);
            try { await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => Task.Run(call))); }
            catch (InvalidOperationException) { }
            finally { ThreadPool.SetMinThreads(workers, ports); }
        });

        await RejectsAsync("03-2", "Set them back in finally.", async (int calls, Action call) =>
        {
            ThreadPool.GetMinThreads(out var workers, out var ports);
            ThreadPool.SetMinThreads(calls, ports);
            await Task.WhenAll(Enumerable.Range(0, calls).Select(_ => Task.Run(call)));
            ThreadPool.SetMinThreads(workers, ports);
        });
        await RejectsAsync("03-2", "the built-in pool adds threads slowly",
            (int calls, Action call) => Task.WhenAll(Enumerable.Range(0, calls).Select(_ => Task.Run(call))));
        await RejectsAsync("03-2", "This is about the built-in pool: Task.Run.", (int calls, Action call) =>
        {
            StartAndJoin(calls, call);
            return Task.CompletedTask;
        });
        await RejectsAsync("03-2", "0 of ", (int calls, Action call) => Task.CompletedTask);
    }

    [Fact]
    public async Task Exercise_03_3_leaves_the_captured_variable_open_and_accepts_one_for_each_thread()
    {
        await LeavesOpenAsync("03-3", "What is the value of i when a thread begins?", (string[] names, Func<string, string> ask) =>
        {
            var (answers, threads) = (new string[names.Length], new List<Thread>());
            for (var i = 0; i < names.Length; i++) threads.Add(new Thread(() => answers[i] = ask(names[i])));
            Run(threads);
            return answers;
        });
        await AcceptsAsync("03-3", (string[] names, Func<string, string> ask) =>
        {
            var (answers, threads) = (new string[names.Length], new List<Thread>());
            for (var i = 0; i < names.Length; i++)
            {
                var mine = i;
                threads.Add(new Thread(() => answers[mine] = ask(names[mine])));
            }

            Run(threads);
            return answers;
        });
        await AcceptsAsync("03-3", (string[] names, Func<string, string> ask) =>
        {
            var answers = new string[names.Length];
            Run([.. names.Select((name, i) => new Thread(() => answers[i] = ask(name)))]);
            return answers;
        });
    }

    [Fact]
    public async Task Exercise_03_3_rejects_a_sequence_threads_that_nobody_joins_and_an_exception_of_a_thread()
    {
        await RejectsAsync("03-3", "All 5 requests ran one after the other", (string[] names, Func<string, string> ask) =>
        {
            var answers = new string[names.Length];
            for (var i = 0; i < names.Length; i++)
            {
                var thread = new Thread(() => answers[i] = ask(names[i]));
                thread.Start();
                thread.Join();
            }

            return answers;
        });
        await RejectsAsync("03-3", "of 5 requests had. Start all of them, and wait for each.", (string[] names, Func<string, string> ask) =>
        {
            var answers = new string[names.Length];
            StartOnly([.. names.Select((name, i) => new Thread(() => answers[i] = ask(name)))]);
            return answers;
        });
        await RejectsAsync("03-3", "threw FormatException: bad luck In a program of your own, that is the end.",
            (string[] names, Func<string, string> ask) =>
            {
                Run([new Thread(() => throw new FormatException("bad luck"))]);
                return names;
            });
        await RejectsAsync("03-3", "It returned null.", (string[] names, Func<string, string> ask) =>
        {
            Run([.. names.Select(name => new Thread(() => ask(name)))]);
            return (string[])null!;
        });
    }

    [Fact]
    public async Task Exercise_05_2_accepts_a_semaphore_and_ForEachAsync()
    {
        await AcceptsAsync("05-2", AtMostEightAsync);
        await AcceptsAsync("05-2", async (string[] names, Fetch fetchAsync) =>
        {
            var pages = new string[names.Length];
            await Parallel.ForAsync(0, names.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 },
                async (i, _) => pages[i] = await fetchAsync(names[i]));
            return pages;
        });
    }

    [Fact]
    public async Task Exercise_05_2_rejects_a_sequence_all_at_once_the_order_of_arrival_and_a_semaphore_that_nobody_releases()
    {
        await RejectsAsync("05-2", "All 24 requests ran one after the other: at most 1 was in flight; start them all, then await.",
            OneByOneAsync);
        await RejectsAsync("05-2", "24 requests were in flight at once. At most 8 may be.",
            (string[] names, Fetch fetchAsync) => Task.WhenAll(names.Select(fetchAsync)));
        await RejectsAsync("05-2", "in another order than their names", async (string[] names, Fetch fetchAsync) =>
        {
            var pages = new ConcurrentQueue<string>();
            await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 8 },
                async (name, _) => pages.Enqueue(await fetchAsync(name)));
            return pages.ToArray();
        });
        await RejectsAsync("05-2", "It had not ended after 2 s: it loops, or waits for something that never comes.",
            async (string[] names, Fetch fetchAsync) =>
            {
                using var places = new SemaphoreSlim(8);
                return await Task.WhenAll(names.Select(async name => { await places.WaitAsync(); return await fetchAsync(name); }));
            },
            limitSeconds: 2);
        await RejectsAsync("05-2", "All requests failed, and your method never ends.", async (string[] names, Fetch fetchAsync) =>
        {
            using var places = new SemaphoreSlim(8);
            return await Task.WhenAll(names.Select(async name =>
            {
                await places.WaitAsync();
                var page = await fetchAsync(name);
                places.Release();
                return page;
            }));
        });
        await RejectsAsync("05-2", "Let the exception out", (string[] names, Fetch fetchAsync) => AtMostEightAsync(names, async name =>
        {
            try { return await fetchAsync(name); }
            catch (HttpRequestException) { return ""; }
        }));
        await RejectsAsync("05-2", "It kept its caller until requests had ended: it blocks.", (string[] names, Fetch fetchAsync) =>
        {
            using var places = new SemaphoreSlim(8);
            return Task.WhenAll(names.Select(name =>
            {
                places.Wait();
                return fetchAsync(name).ContinueWith(page => { places.Release(); return page; }).Unwrap();
            }).ToList());
        });
        await RejectsAsync("05-2", "it blocks, though not its caller.", (string[] names, Fetch fetchAsync) => Task.Run(() =>
        {
            var pages = new string[names.Length];
            StartAndJoin(8, i => { for (; i < names.Length; i += 8) pages[i] = fetchAsync(names[i]).Result; });
            return pages;
        }));
        await RejectsAsync("05-2", "At most 5 requests were in flight at once. It should be 8.",
            async (string[] names, Fetch fetchAsync) =>
            {
                var pages = new List<string>();
                foreach (var five in names.Chunk(5)) pages.AddRange(await Task.WhenAll(five.Select(fetchAsync)));
                return pages.ToArray();
            });
    }

    [Fact]
    public async Task Exercise_05_3_leaves_an_await_in_a_loop_open_and_accepts_tasks_that_are_started_first()
    {
        await LeavesOpenAsync("05-3", "All 5 requests ran one after the other: at most 1 was in flight; start them all, then await.",
            OneByOneAsync);
        await AcceptsAsync("05-3", (string[] names, Fetch fetchAsync) => Task.WhenAll(names.Select(fetchAsync)));
        await AcceptsAsync("05-3", async (string[] names, Fetch fetchAsync) =>
        {
            var (tasks, pages) = (names.Select(fetchAsync).ToList(), new List<string>());
            foreach (var task in tasks) pages.Add(await task);
            return pages.ToArray();
        });
    }

    [Fact]
    public async Task Exercise_05_3_rejects_the_order_of_arrival_tasks_that_nobody_awaits_and_null()
    {
        await RejectsAsync("05-3", "in another order than their names", async (string[] names, Fetch fetchAsync) =>
        {
            var pages = new List<string>();
            await foreach (var task in Task.WhenEach(names.Select(fetchAsync).ToList())) pages.Add(await task);
            return pages.ToArray();
        });
        await RejectsAsync("05-3", " of 5 requests had", (string[] names, Fetch fetchAsync) =>
        {
            foreach (var name in names) _ = fetchAsync(name);
            return Task.FromResult(names);
        });
        await RejectsAsync("05-3", "It returned null instead of a task.",
            (string[] names, Fetch fetchAsync) => (Task<string[]>)null!);
        await RejectsAsync("05-3", "It kept its caller until requests had ended: it blocks.", (string[] names, Fetch fetchAsync) =>
            Task.FromResult(names.Select(fetchAsync).ToList().Select(page => page.Result).ToArray()));
    }

    [Fact]
    public async Task Exercise_08_1_accepts_a_model_for_each_kind_of_work()
    {
        await AcceptsAsync("08-1", async (int count, Func<Task> downloadAsync, Action read, Action compress) =>
        {
            await using var pool = new FixedThreadPool(count);
            var downloads = Enumerable.Range(0, count).Select(_ => downloadAsync()).ToList();
            var readings = Enumerable.Range(0, count).Select(_ => pool.SubmitAsync(read)).ToList();
            await Task.Run(() => Parallel.For(0, count, _ => compress()));
            await Task.WhenAll([.. downloads, .. readings]);
        });
        await AcceptsAsync("08-1", (int count, Func<Task> downloadAsync, Action read, Action compress) =>
        {
            var downloads = Task.WhenAll(Enumerable.Range(0, count).Select(_ => downloadAsync()));
            StartAndJoin(count, read);
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Machine.Cores }, _ => compress());
            return downloads;
        });
    }

    [Fact]
    public async Task Exercise_08_1_rejects_one_model_for_all_kinds_of_work()
    {
        await RejectsAsync("08-1", "Readings blocked threads of the built-in pool",
            (int count, Func<Task> downloadAsync, Action read, Action compress) => Task.WhenAll(Enumerable.Range(0, count)
                .SelectMany(_ => new[] { downloadAsync(), Task.Run(read), Task.Run(compress) })));
        await RejectsAsync("08-1", " downloads ran one after the other",
            async (int count, Func<Task> downloadAsync, Action read, Action compress) =>
            {
                for (var i = 0; i < count; i++) await downloadAsync();
                StartAndJoin(count, read);
                Parallel.For(0, count, _ => compress());
            });
        await RejectsAsync("08-1", "threads compressed on", (int count, Func<Task> downloadAsync, Action read, Action compress) =>
        {
            StartAndJoin(count, read);
            StartAndJoin(count, compress);
            return Task.WhenAll(Enumerable.Range(0, count).Select(_ => downloadAsync()));
        });
        await RejectsAsync("08-1", "new threads were made for downloads, which can be awaited.",
            (int count, Func<Task> downloadAsync, Action read, Action compress) =>
            {
                StartAndJoin(2 * count, i => { if (i < count) downloadAsync().Wait(); else read(); });
                Parallel.For(0, count, _ => compress());
                return Task.CompletedTask;
            });
        await RejectsAsync("08-1", " downloads had", (int count, Func<Task> downloadAsync, Action read, Action compress) =>
        {
            StartAndJoin(count, read);
            Parallel.For(0, count, _ => compress());
            for (var i = 0; i < count; i++) _ = downloadAsync();
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Exercise_09_1_accepts_a_pool_of_five_and_five_threads()
    {
        await AcceptsAsync("09-1", async (string[] names, Func<string, string> fetch) =>
        {
            await using var pool = new FixedThreadPool(5);
            return await pool.MapAsync(fetch, names);
        });
        await AcceptsAsync("09-1", async (string[] names, Func<string, string> fetch) =>
        {
            using var places = new SemaphoreSlim(5);
            return await Task.WhenAll(names.Select(async name =>
            {
                await places.WaitAsync();
                try { return await Task.Factory.StartNew(() => fetch(name), TaskCreationOptions.LongRunning); }
                finally { places.Release(); }
            }));
        });
    }

    [Fact]
    public async Task Exercise_09_1_rejects_calls_on_the_loop_a_wait_on_the_loop_and_ten_threads()
    {
        await RejectsAsync("09-1", "The event loop stood still while calls ran.",
            (string[] names, Func<string, string> fetch) => Task.FromResult(names.Select(fetch).ToArray()));
        await RejectsAsync("09-1", "The event loop stood still while calls ran.", (string[] names, Func<string, string> fetch) =>
        {
            var pool = new FixedThreadPool(5);
            return Task.FromResult(Task.WhenAll(names.Select(name => pool.SubmitAsync(() => fetch(name)))).GetAwaiter().GetResult());
        });
        await RejectsAsync("09-1", "10 requests were in flight at once. At most 5", async (string[] names, Func<string, string> fetch) =>
        {
            await using var pool = new FixedThreadPool(10);
            return await pool.MapAsync(fetch, names);
        });
        await RejectsAsync("09-1", "All 10 requests ran one after the other", async (string[] names, Func<string, string> fetch) =>
            await Task.Run(() => names.Select(fetch).ToArray()));
    }

    [Fact]
    public async Task Exercise_10_1_accepts_ForEachAsync_and_a_semaphore()
    {
        await AcceptsAsync("10-1", async (string[] names, Fetch fetchAsync, Func<string, int> count) =>
        {
            var pages = new ConcurrentBag<string>();
            await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (name, _) =>
            {
                try { pages.Add(await fetchAsync(name)); }
                catch (HttpRequestException) { }
            });
            return pages.AsParallel().Sum(count);
        });
        await AcceptsAsync("10-1", async (string[] names, Fetch fetchAsync, Func<string, int> count) =>
        {
            using var places = new SemaphoreSlim(4);
            var pages = await Task.WhenAll(names.Select(async name =>
            {
                await places.WaitAsync();
                try { return await fetchAsync(name); }
                catch (HttpRequestException) { return null; }
                finally { places.Release(); }
            }));
            return pages.OfType<string>().Sum(count);
        });
    }

    [Fact]
    public async Task Exercise_10_1_rejects_a_failure_that_ends_all_a_sequence_and_a_sum_that_loses_pages()
    {
        await RejectsAsync("10-1", "It threw HttpRequestException", async (string[] names, Fetch fetchAsync,
            Func<string, int> count) => (await AtMostFourAsync(names, fetchAsync)).Sum(count));
        await RejectsAsync("10-1", "All 12 requests ran one after the other", async (string[] names, Fetch fetchAsync,
            Func<string, int> count) => (await CaughtAsync(names, fetchAsync, OneByOneAsync)).Sum(count));
        await RejectsAsync("10-1", "12 pages were counted. Eleven arrive", async (string[] names, Fetch fetchAsync,
            Func<string, int> count) => (await CaughtAsync(names, fetchAsync, AtMostFourAsync)).Sum(count));
        await RejectsAsync("10-1", "it blocks, though not its caller.", (string[] names, Fetch fetchAsync, Func<string, int> count) =>
            Task.Run(() =>
            {
                var pages = new string[names.Length];
                StartAndJoin(4, i => { for (; i < names.Length; i += 4) pages[i] = fetchAsync(names[i]).ContinueWith(Page).Result; });
                return pages.Where(page => page.Length > 0).Sum(count);
            }));
        await RejectsAsync("10-1", "It returned 0.", async (string[] names, Fetch fetchAsync, Func<string, int> count) =>
            (await CaughtAsync(names, fetchAsync, AtMostFourAsync)).Where(page => page.Length > 0).Sum(page => count(page) * 0));

        static string Page(Task<string> page) => page.IsCompletedSuccessfully ? page.Result : "";

        static Task<string[]> CaughtAsync(string[] names, Fetch fetchAsync,
            Func<string[], Fetch, Task<string[]>> allAsync) => allAsync(names, async name =>
            {
                try { return await fetchAsync(name); }
                catch (HttpRequestException) { return ""; }
            });
    }

    [Fact]
    public async Task Exercise_11_1_leaves_ForEach_with_an_async_lambda_open_and_accepts_ForEachAsync_and_a_semaphore()
    {
        await LeavesOpenAsync("11-1", "has saved 0 of 10 pages. What does the lambda return?", (int[] pages, Func<int, Task> saveAsync) =>
        {
            Parallel.ForEach(pages, async page => await saveAsync(page));
            return Task.CompletedTask;
        });
        await AcceptsAsync("11-1", (int[] pages, Func<int, Task> saveAsync) => Parallel.ForEachAsync(
            pages, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (page, _) => await saveAsync(page)));
        await AcceptsAsync("11-1", async (int[] pages, Func<int, Task> saveAsync) =>
        {
            using var places = new SemaphoreSlim(4);
            await Task.WhenAll(pages.Select(async page =>
            {
                await places.WaitAsync();
                try { await saveAsync(page); }
                finally { places.Release(); }
            }));
        });
    }

    [Fact]
    public async Task Exercise_11_1_rejects_a_sequence_all_at_once_a_page_too_few_and_an_async_void_method_that_throws()
    {
        await RejectsAsync("11-1", "All 10 pages ran one after the other", async (int[] pages, Func<int, Task> saveAsync) =>
        {
            foreach (var page in pages) await saveAsync(page);
        });
        await RejectsAsync("11-1", "10 pages were in flight at once. At most 4 may be.",
            (int[] pages, Func<int, Task> saveAsync) => Task.WhenAll(pages.Select(saveAsync)));
        await RejectsAsync("11-1", " of 10 pages had.", (int[] pages, Func<int, Task> saveAsync) => Parallel.ForEachAsync(
            pages.Skip(1), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (page, _) => await saveAsync(page)));
        await RejectsAsync("11-1", "It kept its caller until pages had ended: it blocks.", (int[] pages, Func<int, Task> saveAsync) =>
        {
            Parallel.ForEach(pages, new ParallelOptions { MaxDegreeOfParallelism = 4 }, page => saveAsync(page).Wait());
            return Task.CompletedTask;
        });
        await RejectsAsync("11-1", "of 10 pages had.", async (int[] pages, Func<int, Task> saveAsync) =>
        {
            using var places = new SemaphoreSlim(4);
            var last = Task.CompletedTask;
            foreach (var page in pages)
            {
                await places.WaitAsync();
                last = saveAsync(page);
                _ = last.ContinueWith(_ => places.Release());
            }

            await last;
        });
        await RejectsAsync("11-1", "or an async void method, threw FormatException", (int[] pages, Func<int, Task> saveAsync) =>
        {
            using var thrown = new ManualResetEventSlim();
            FailAsync();
            thrown.Wait();
            return Parallel.ForEachAsync(pages, async (page, _) => await saveAsync(page));

            async void FailAsync()
            {
                await Task.Yield();
                thrown.Set();
                throw new FormatException("bad luck");
            }
        });
    }

    [Fact]
    public async Task Exercise_11_3_accepts_ten_in_flight_and_no_other_number()
    {
        await AcceptsAsync("11-3", (int requests, Func<Task> requestAsync) => ServeAsync(10, requests, requestAsync));
        await AcceptsAsync("11-3", async (int requests, Func<Task> requestAsync) =>
        {
            var left = requests;
            await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
            {
                while (Interlocked.Decrement(ref left) >= 0) await requestAsync();
            }));
        });

        await RejectsAsync("11-3", "At most 4 requests were in flight. At 0.25 s each, that is 16 answers a second.",
            (int requests, Func<Task> requestAsync) => ServeAsync(4, requests, requestAsync));
        await RejectsAsync("11-3", "that is 160 answers a second.", (int requests, Func<Task> requestAsync) =>
            Task.WhenAll(Enumerable.Range(0, requests).Select(_ => requestAsync())));
        await RejectsAsync("11-3", "that is 4 answers a second.", async (int requests, Func<Task> requestAsync) =>
        {
            for (var i = 0; i < requests; i++) await requestAsync();
        });

        await RejectsAsync("11-3", "It kept its caller until requests had ended: it blocks.", (int requests, Func<Task> requestAsync) =>
        {
            StartAndJoin(10, _ => { for (var i = 0; i < requests / 10; i++) requestAsync().Wait(); });
            return Task.CompletedTask;
        });

        static Task ServeAsync(int atOnce, int requests, Func<Task> requestAsync) => Parallel.ForAsync(
            0, requests, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, _) => await requestAsync());
    }

    private static void StartAndJoin(int count, Action work) => StartAndJoin(count, _ => work());

    private static void StartAndJoin(int count, Action<int> work) =>
        Run([.. Enumerable.Range(0, count).Select(i => new Thread(() => work(i)))]);

    private static void Run(List<Thread> threads)
    {
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    // Returns when at least one of them waits, and all of them still run.
    private static void StartOnly(List<Thread> threads)
    {
        threads.ForEach(thread => thread.Start());
        SpinWait.SpinUntil(() => threads.Exists(thread => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin)));
    }

    private static async Task<string[]> OneByOneAsync(string[] names, Fetch fetchAsync)
    {
        var pages = new List<string>();
        foreach (var name in names) pages.Add(await fetchAsync(name));
        return [.. pages];
    }

    private static Task<string[]> AtMostFourAsync(string[] names, Fetch fetchAsync) => AtMostAsync(4, names, fetchAsync);

    private static Task<string[]> AtMostEightAsync(string[] names, Fetch fetchAsync) => AtMostAsync(8, names, fetchAsync);

    private static async Task<string[]> AtMostAsync(int atOnce, string[] names, Fetch fetchAsync)
    {
        using var places = new SemaphoreSlim(atOnce);
        return await Task.WhenAll(names.Select(async name =>
        {
            await places.WaitAsync();
            try { return await fetchAsync(name); }
            finally { places.Release(); }
        }));
    }
}
