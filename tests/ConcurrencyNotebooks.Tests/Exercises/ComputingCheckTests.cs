using OutOfProcess;

namespace ConcurrencyNotebooks.Tests.Exercises;

[Collection(nameof(ExerciseTest))]
public sealed class ComputingCheckTests : ExerciseTest
{
    [Fact]
    public async Task Exercise_04_1_accepts_MapAsync_and_ranges()
    {
        await AcceptsAsync("04-1", async (ProcessPool pool, int[] numbers) =>
            (await pool.MapAsync(Primes.IsPrime, numbers)).Count(isPrime => isPrime));
        await AcceptsAsync("04-1", async (ProcessPool pool, int[] numbers) =>
            (await Task.WhenAll(new PrimeRange(0, numbers.Length).Split(8).Select(range => pool.RunAsync(Primes.Count, range)))).Sum());
    }

    [Fact]
    public async Task Exercise_04_1_rejects_a_call_for_each_number_one_call_for_all_and_none()
    {
        await RejectsAsync("04-1", "2,000 calls went to the workers", async (ProcessPool pool, int[] numbers) =>
            (await Task.WhenAll(numbers.Select(number => pool.RunAsync(Primes.IsPrime, number)))).Count(isPrime => isPrime));
        await RejectsAsync("04-1", "one worker did everything", (ProcessPool pool, int[] numbers) =>
            pool.RunAsync(Primes.Count, new PrimeRange(0, numbers.Length)));
        await RejectsAsync("04-1", "your own process did all the work",
            (ProcessPool pool, int[] numbers) => Task.FromResult(numbers.Count(Primes.IsPrime)));
        await RejectsAsync("04-1", "It returned 2000.", async (ProcessPool pool, int[] numbers) =>
            (await pool.MapAsync(Primes.IsPrime, numbers)).Length);
    }

    [Fact]
    public async Task Exercise_04_2_accepts_a_timeout_of_the_pool_and_a_token()
    {
        await AcceptsAsync("04-2", (Func<long, long> work, long argument) => AtMostAsync(null, work, argument));
        await AcceptsAsync("04-2", async (Func<long, long> work, long argument) =>
        {
            await using var pool = new ProcessPool(workers: 1);
            await pool.RunAsync(Primes.Count, new PrimeRange(1, 10)); // The start of a process is no part of the time.
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(1.5));
            try { return $"{await pool.RunAsync(work, argument, stop.Token)}"; }
            catch (OperationCanceledException) { return "too long"; }
        });
    }

    [Fact]
    public async Task Exercise_04_2_rejects_a_catch_of_everything_no_catch_no_timeout_and_a_loop()
    {
        await RejectsAsync("04-2", "Catch the exception of the timeout", async (Func<long, long> work, long argument) =>
        {
            await using var pool = OnePool();
            try { return $"{await pool.RunAsync(work, argument)}"; }
            catch { return "too long"; }
        });
        await RejectsAsync("04-2", "was \"TaskTimeoutException\"", async (Func<long, long> work, long argument) =>
        {
            await using var pool = OnePool();
            return $"{await pool.RunAsync(work, argument)}";
        });
        await RejectsAsync("04-2", "instead of \"285\"", (Func<long, long> work, long argument) => Task.FromResult("too long"));
        await RejectsAsync("04-2", "where nobody can end it. Run it in a ProcessPool.", async (Func<long, long> work, long argument) =>
        {
            try { return $"{await Task.Run(() => work(argument)).WaitAsync(TimeSpan.FromSeconds(0.5))}"; }
            catch (TimeoutException) { return "too long"; }
        });
        await RejectsAsync("04-2", "the process of its pool goes on. Dispose of the pool", async (Func<long, long> work, long argument) =>
        {
            try { return $"{await OnePool().RunAsync(work, argument)}"; }
            catch (TaskTimeoutException) { return "too long"; }
        });
        await RejectsAsync("04-2", "It should be too long after half a second.",
            (Func<long, long> work, long argument) => AtMostAsync(TimeSpan.FromSeconds(30), work, argument));
        await RejectsAsync("04-2", "Give it half a second.",
            (Func<long, long> work, long argument) => argument == 100 // the sum may have ended before the clock looked
                ? AtMostAsync(TimeSpan.FromMilliseconds(1), work, argument) : AtMostAsync(null, work, argument));
        await RejectsAsync("04-2", "It had not ended after 2 s: it loops", (Func<long, long> work, long argument) =>
        {
            for (var turn = 0L; argument > 0; turn++) argument += turn & 1;
            return Task.FromResult("");
        }, limitSeconds: 2);
    }

    [Fact]
    public async Task Exercise_07_1_accepts_PLINQ_and_Parallel_For_in_a_pool_of_any_size()
    {
        await AcceptsAsync("07-1", (int[] numbers, Func<int, bool> isPrime) => numbers.AsParallel().Count(isPrime));
        await AcceptsAsync("07-1", (int[] numbers, Func<int, bool> isPrime) =>
        {
            var count = 0;
            Parallel.ForEach(numbers, number => { if (isPrime(number)) Interlocked.Increment(ref count); });
            return count;
        });
        await AcceptsAsync("07-1", (int[] numbers, Func<int, bool> isPrime) => // a task for each number, which takes its time
        {
            var pool = new FixedThreadPool(4);
            var count = pool.MapAsync(isPrime, numbers).Result.Count(prime => prime);
            pool.DisposeAsync().AsTask().Wait();
            return count;
        });
    }

    [Fact]
    public async Task Exercise_07_1_rejects_a_sequence_a_thread_for_each_number_and_numbers_left_out()
    {
        Assert.SkipWhen(Machine.Cores < 2, "One core has no other one to share with.");
        await RejectsAsync("07-1", "on one core. Share them out", (int[] numbers, Func<int, bool> isPrime) => numbers.Count(isPrime));
        await RejectsAsync("07-1", $"1000 new threads shared {Machine.Cores} cores", (int[] numbers, Func<int, bool> isPrime) =>
        {
            var count = 0;
            OnThreads(numbers.Length, i => { if (isPrime(numbers[i])) Interlocked.Increment(ref count); });
            return count;
        });
        await RejectsAsync("07-1", "Do several threads count in one variable?", (int[] numbers, Func<int, bool> isPrime) =>
        {
            var count = 0;
            Parallel.For(0, numbers.Length, i => { if (isPrime(numbers[i])) count++; });
            return count;
        });
        await RejectsAsync("07-1", "Do several threads count in one variable?", (int[] numbers, Func<int, bool> isPrime) =>
        {
            var (count, part) = (0, numbers.Length / 4);
            OnThreads(4, thread =>
            {
                foreach (var number in numbers.AsSpan(thread * part, part)) if (isPrime(number)) count++;
            });
            return count;
        });
        await RejectsAsync("07-1", "isPrime was called 999 times", (int[] numbers, Func<int, bool> isPrime) =>
            numbers.Skip(1).ToArray().AsParallel().Count(isPrime));
        await RejectsAsync("07-1", "It returned 1000. There are 168 primes.", (int[] numbers, Func<int, bool> isPrime) =>
            numbers.AsParallel().Select(isPrime).Count());
    }

    [Fact]
    public async Task Exercise_07_2_accepts_threads_with_a_part_each_and_tasks()
    {
        await AcceptsAsync("07-2", (int count, long terms, Func<long, long, long> sumOf) =>
        {
            var sums = new long[count];
            OnThreads(count, i => sums[i] = sumOf(terms * i / count, terms * (i + 1) / count));
            return sums.Sum();
        });
        await AcceptsAsync("07-2", (int count, long terms, Func<long, long, long> sumOf) =>
        {
            var part = terms / count;
            return Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Factory.StartNew(
                () => sumOf(i * part, i == count - 1 ? terms : (i + 1) * part), TaskCreationOptions.LongRunning))).Result.Sum();
        });
    }

    [Fact]
    public async Task Exercise_07_2_rejects_work_that_is_not_divided_a_rest_left_out_a_sequence_and_unequal_parts()
    {
        await RejectsAsync("07-2", "4,000,012 terms for a sum of 1,000,003.", (int count, long terms, Func<long, long, long> sumOf) =>
        {
            var sum = 0L;
            OnThreads(count, _ => sum = sumOf(0, terms));
            return sum;
        });
        await RejectsAsync("07-2", "3 of 1,000,003 terms were left out", (int count, long terms, Func<long, long, long> sumOf) =>
        {
            var (sum, part) = (0L, terms / count);
            OnThreads(count, i => Interlocked.Add(ref sum, sumOf(i * part, (i + 1) * part)));
            return sum;
        });
        await RejectsAsync("07-2", "All 4 parts ran one after the other", (int count, long terms, Func<long, long, long> sumOf) =>
            Enumerable.Range(0, count).Sum(i => sumOf(terms * i / count, terms * (i + 1) / count)));
        await RejectsAsync("07-2", "How do the parts come together?", (int count, long terms, Func<long, long, long> sumOf) =>
        {
            var sum = 0L;
            OnThreads(count, i => Volatile.Write(ref sum, sumOf(terms * i / count, terms * (i + 1) / count)));
            return sum;
        });
        if (Machine.Cores > 1)
        {
            // One addition of each thread: on a busy machine two of them seldom meet.
            const string Sentence = "Do several threads add to one variable?";
            await RejectsAsync("07-2", Sentence, (int count, long terms, Func<long, long, long> sumOf) =>
            {
                var sum = 0L;
                OnThreads(count, i =>
                {
                    var part = sumOf(terms * i / count, terms * (i + 1) / count);
                    sum += part;
                });
                return sum;
            }, tries: 5);
        }

        await RejectsAsync("07-2", "and the other threads wait for it", (int count, long terms, Func<long, long, long> sumOf) =>
        {
            var sum = 0L;
            OnThreads(count, i => Interlocked.Add(ref sum, i < 3 ? sumOf(i * 10, (i + 1) * 10) : sumOf(30, terms)));
            return sum;
        });
    }

    [Fact]
    public async Task Exercise_08_2_accepts_a_call_for_each_photograph_at_once_and_one_by_one()
    {
        await AcceptsAsync("08-2", async (Func<int, string> convert, int[] photographs) =>
        {
            await using var pool = new ProcessPool(workers: 2);
            return await Task.WhenAll(photographs.Select(async photograph =>
            {
                try { return await pool.RunAsync(convert, photograph); }
                catch (WorkerDiedException) { return "failed"; }
            }));
        });
        await AcceptsAsync("08-2", async (Func<int, string> convert, int[] photographs) =>
        {
            var converted = new List<string>();
            foreach (var photograph in photographs)
            {
                await using var pool = new ProcessPool(workers: 1);
                try { converted.Add(await pool.RunAsync(convert, photograph)); }
                catch (WorkerDiedException) { converted.Add("failed"); }
            }

            return converted.ToArray();
        });
    }

    [Fact]
    public async Task Exercise_08_2_rejects_a_crash_at_home_a_job_that_ends_with_it_and_photographs_left_out()
    {
        await RejectsAsync("08-2", "convert ran in your own process, and its crash would have ended it.",
            (Func<int, string> convert, int[] photographs) => Task.FromResult(photographs.Select(convert).ToArray()));
        await RejectsAsync("08-2", "It returned 1.jpg, 2.jpg, failed, 4.jpg, 5.jpg. Photograph ",
            (Func<int, string> convert, int[] photographs) => Task.FromResult<string[]>(["1.jpg", "2.jpg", "failed", "4.jpg", "5.jpg"]));
        await RejectsAsync("08-2", "convert ran in your own process", async (Func<int, string> convert, int[] photographs) =>
            await Task.WhenAll(photographs.Select(photograph => Task.Run(() =>
            {
                try { return convert(photograph); }
                catch (InvalidOperationException) { return "failed"; }
            }))));
        await RejectsAsync("08-2", "One crash took the whole job", async (Func<int, string> convert, int[] photographs) =>
        {
            await using var pool = new ProcessPool(workers: 2);
            return await pool.MapAsync(convert, photographs);
        });
        await RejectsAsync("08-2", " crashes, so right is ", async (Func<int, string> convert, int[] photographs) =>
        {
            await using var pool = new ProcessPool(workers: 1);
            var converted = new List<string>();
            try { foreach (var photograph in photographs) converted.Add(await pool.RunAsync(convert, photograph)); }
            catch (WorkerDiedException) { converted.Add("failed"); }
            return converted.ToArray();
        });
    }

    [Fact]
    public async Task Exercise_09_2_accepts_Yield_after_each_part_and_another_thread()
    {
        await AcceptsAsync("09-2", InTwentyPartsAsync);
        await AcceptsAsync("09-2", (long terms, Func<long, long, long> sumOf) => Task.Run(() => sumOf(0, terms)));
    }

    [Fact]
    public async Task Exercise_09_2_rejects_one_part_parts_without_a_pause_and_an_await_that_does_not_wait()
    {
        await RejectsAsync("09-2", "1,000 of 1,000 terms were one part", (long terms, Func<long, long, long> sumOf) =>
            Task.FromResult(sumOf(0, terms)));
        await RejectsAsync("09-2", "Await Task.Yield() after each.", (long terms, Func<long, long, long> sumOf) =>
            Task.FromResult(Enumerable.Range(0, 20).Sum(part => sumOf(terms * part / 20, terms * (part + 1) / 20))));
        await RejectsAsync("09-2", "Await Task.Yield() after each.", async (long terms, Func<long, long, long> sumOf) =>
        {
            var sum = 0L;
            for (var part = 0; part < 20; part++)
            {
                sum += sumOf(terms * part / 20, terms * (part + 1) / 20);
                await Task.CompletedTask;
            }

            return sum;
        });
        await RejectsAsync("09-2", "sumOf was called for 0 of 1,000 terms.", (long terms, Func<long, long, long> sumOf) =>
            Task.FromResult((terms - 1) * terms * ((2 * terms) - 1) / 6));
        await RejectsAsync("09-2", "The event loop stood still while another thread computed.",
            (long terms, Func<long, long, long> sumOf) => Task.FromResult(Task.Run(() => sumOf(0, terms)).Result));
        await RejectsAsync("09-2", "The sum is ", async (long terms, Func<long, long, long> sumOf) =>
            await InTwentyPartsAsync(terms, sumOf) - 1);
    }

    private static async Task<long> InTwentyPartsAsync(long terms, Func<long, long, long> sumOf)
    {
        var sum = 0L;
        for (var part = 0; part < 20; part++)
        {
            sum += sumOf(terms * part / 20, terms * (part + 1) / 20);
            await Task.Yield();
        }

        return sum;
    }

    private static async Task<string> AtMostAsync(TimeSpan? timeout, Func<long, long> work, long argument)
    {
        await using var pool = OnePool(timeout);
        try { return $"{await pool.RunAsync(work, argument)}"; }
        catch (TaskTimeoutException) { return "too long"; }
    }

    private static void OnThreads(int count, Action<int> work)
    {
        var threads = Enumerable.Range(0, count).Select(i => new Thread(() => work(i), maxStackSize: 256 * 1024)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    private static ProcessPool OnePool(TimeSpan? timeout = null) =>
        new(new ProcessPoolOptions { Workers = 1, TaskTimeout = timeout ?? TimeSpan.FromSeconds(0.5) });
}
