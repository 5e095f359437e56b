namespace ConcurrencyNotebooks.Tests.Exercises;

[Collection(nameof(ExerciseTest))]
public sealed class SharingCheckTests : ExerciseTest
{
    [Fact]
    public async Task Exercise_02_1_accepts_a_lock_for_each_increment_every_time()
    {
        for (var run = 0; run < 5; run++)
        {
            await AcceptsAsync("02-1", (int times, SlowCounter counter) =>
            {
                var gate = new Lock();
                OnTwoThreads(() => { for (var i = 0; i < times; i++) lock (gate) counter.Value++; });
            });
        }

        await AcceptsAsync("02-1", (int times, SlowCounter counter) =>
        {
            using var place = new SemaphoreSlim(1);
            OnTwoThreads(() =>
            {
                place.Wait();
                for (var i = 0; i < times; i++) counter.Value++;
                place.Release();
            });
        });
        await AcceptsAsync("02-1", (int times, SlowCounter counter) => // the caller is one of the two
        {
            var gate = new Lock();
            void Count() { for (var i = 0; i < times; i++) lock (gate) counter.Value++; }
            var other = new Thread(Count);
            other.Start();
            Count();
            other.Join();
        });
        await AcceptsAsync("02-1", (int times, SlowCounter counter) =>
        {
            var gate = new Lock();
            void Count() { for (var i = 0; i < times; i++) lock (gate) counter.Value++; }
            Task.WaitAll(Task.Run(Count), Task.Run(Count));
        });
    }

    [Fact]
    public async Task Exercise_02_1_rejects_no_lock_a_lock_for_each_thread_one_thread_and_too_few_increments()
    {
        await RejectsAsync("02-1", "Updates were lost", (int times, SlowCounter counter) =>
            OnTwoThreads(() => { for (var i = 0; i < times; i++) counter.Value++; }));
        await RejectsAsync("02-1", "Both must lock the same object", (int times, SlowCounter counter) => OnTwoThreads(() =>
        {
            var gate = new Lock();
            for (var i = 0; i < times; i++) lock (gate) counter.Value++;
        }));
        await RejectsAsync("02-1", "around reading and writing", (int times, SlowCounter counter) =>
        {
            var gate = new Lock();
            OnTwoThreads(() =>
            {
                for (var i = 0; i < times; i++)
                {
                    var seen = counter.Value;
                    lock (gate) counter.Value = seen + 1;
                }
            });
        });
        await RejectsAsync("02-1", "Start both, and only then Join both.", (int times, SlowCounter counter) =>
        {
            for (var thread = 0; thread < 2; thread++)
            {
                var one = new Thread(() => { for (var i = 0; i < times; i++) counter.Value++; });
                one.Start();
                one.Join();
            }
        });
        await RejectsAsync("02-1", "1 thread counted. Start two", (int times, SlowCounter counter) =>
        {
            for (var i = 0; i < 2 * times; i++) counter.Value++;
        });
        await RejectsAsync("02-1", "the counter stood at 100 instead of 200", (int times, SlowCounter counter) =>
        {
            var gate = new Lock();
            OnTwoThreads(() => { for (var i = 0; i < times / 2; i++) lock (gate) counter.Value++; });
        });
    }

    [Fact]
    public async Task Exercise_02_2_leaves_a_check_outside_the_lock_open_and_accepts_one_inside()
    {
        var gate = new Lock();
        await LeavesOpenAsync("02-2", "all looked before one of them sold", (SlowCounter seats) =>
        {
            if (seats.Value == 0) return false;
            lock (gate) seats.Value--;
            return true;
        });
        await AcceptsAsync("02-2", (SlowCounter seats) =>
        {
            lock (gate)
            {
                if (seats.Value == 0) return false;
                seats.Value--;
                return true;
            }
        });
        await AcceptsAsync("02-2", (SlowCounter seats) =>
        {
            if (seats.Value == 0) return false;
            lock (gate)
            {
                var left = seats.Value;
                if (left > 0) seats.Value = left - 1;
                return left > 0;
            }
        });
    }

    [Fact]
    public async Task Exercise_02_2_rejects_what_sells_nothing_one_customer_alone_and_promises_without_a_seat()
    {
        await RejectsAsync("02-2", "three customers came, and nobody got it", (SlowCounter seats) => seats.Value < 0);
        await RejectsAsync("02-2", "three customers did not get one each", (SlowCounter seats) =>
        {
            lock (seats)
            {
                if (seats.Value != 1 && seats.Value != 5) return false;
                seats.Value--;
                return true;
            }
        });
        await RejectsAsync("02-2", "1 of 3 customers were told that they have a seat, and 0 seats are gone", (SlowCounter seats) =>
            Interlocked.Exchange(ref _sold, 1) == 0);
    }

    private static int _sold;

    [Fact]
    public async Task Exercise_05_1_leaves_an_await_between_reading_and_writing_open_and_accepts_a_guard()
    {
        await LeavesOpenAsync("05-1", "all of them read before one of them wrote", AddAsync);

        var place = new SemaphoreSlim(1);
        await AcceptsAsync("05-1", async (Func<Task<int>> readAsync, Func<int, Task> writeAsync) =>
        {
            await place.WaitAsync();
            try { await AddAsync(readAsync, writeAsync); }
            finally { place.Release(); }
        });
        var last = Task.CompletedTask;
        await AcceptsAsync("05-1", (Func<Task<int>> readAsync, Func<int, Task> writeAsync) =>
            last = last.ContinueWith(_ => AddAsync(readAsync, writeAsync), TaskScheduler.FromCurrentSynchronizationContext()).Unwrap());
    }

    [Fact]
    public async Task Exercise_05_1_rejects_a_semaphore_that_nobody_releases_one_that_blocks_the_loop_and_a_write_that_nobody_awaits()
    {
        var forever = new SemaphoreSlim(1);
        await RejectsAsync("05-1", "waits for something that never comes", async (Func<Task<int>> readAsync, Func<int, Task> writeAsync) =>
        {
            await forever.WaitAsync();
            await AddAsync(readAsync, writeAsync);
        }, limitSeconds: 2);
        var blocking = new SemaphoreSlim(1);
        await RejectsAsync("05-1", "waits for something that never comes", async (Func<Task<int>> readAsync, Func<int, Task> writeAsync) =>
        {
            blocking.Wait();
            await AddAsync(readAsync, writeAsync);
            blocking.Release();
        }, limitSeconds: 2);
        var kept = new SemaphoreSlim(1);
        await RejectsAsync("05-1", "Give the place back in finally.", async (Func<Task<int>> readAsync, Func<int, Task> writeAsync) =>
        {
            await kept.WaitAsync();
            await AddAsync(readAsync, writeAsync);
            kept.Release();
        });
        var swallowing = new SemaphoreSlim(1);
        await RejectsAsync("05-1", "Let the exception out", async (Func<Task<int>> readAsync, Func<int, Task> writeAsync) =>
        {
            await swallowing.WaitAsync();
            try { await AddAsync(readAsync, writeAsync); }
            catch (IOException) { }
            finally { swallowing.Release(); }
        });
        await RejectsAsync("05-1", "Each reads once and writes once", async (Func<Task<int>> readAsync, Func<int, Task> writeAsync) =>
        {
            _ = writeAsync(await readAsync() + 1);
        });
        await LeavesOpenAsync("05-1", "all of them read", async (Func<Task<int>> readAsync, Func<int, Task> writeAsync) =>
        {
            using var mine = new SemaphoreSlim(1);
            await mine.WaitAsync();
            await AddAsync(readAsync, writeAsync);
        });
    }

    [Fact]
    public async Task Exercise_11_2_leaves_a_wait_for_ones_own_place_open_and_accepts_one_wait_for_both_deposits()
    {
        var vault = new SemaphoreSlim(1);
        await LeavesOpenAsync("11-2", "Who holds the place that it waits for?", async (int amount, Action<int> add) =>
        {
            await vault.WaitAsync();
            await vault.WaitAsync();
            add(amount);
        });
        var place = new SemaphoreSlim(1);
        await AcceptsAsync("11-2", async (int amount, Action<int> add) =>
        {
            await place.WaitAsync();
            try { add(amount); add(amount); }
            finally { place.Release(); }
        });
        var gate = new Lock();
        await AcceptsAsync("11-2", (int amount, Action<int> add) =>
        {
            lock (gate) { add(amount); add(amount); }
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Exercise_11_2_rejects_no_lock_two_places_a_lock_for_each_deposit_and_a_place_that_is_kept()
    {
        await RejectsAsync("11-2", "Two callers deposited at the same moment.", (int amount, Action<int> add) =>
        {
            add(amount);
            add(amount);
            return Task.CompletedTask;
        });
        var places = new SemaphoreSlim(2);
        await RejectsAsync("11-2", "The semaphore has one place", async (int amount, Action<int> add) =>
        {
            await places.WaitAsync();
            add(amount);
            add(amount);
            places.Release();
        });
        var leaking = new SemaphoreSlim(1);
        await RejectsAsync("11-2", "Give the place back in finally.", async (int amount, Action<int> add) =>
        {
            await leaking.WaitAsync();
            add(amount);
            add(amount);
            leaking.Release();
        });
        var place = new SemaphoreSlim(1);
        await RejectsAsync("11-2", "The deposit of another caller came between two", async (int amount, Action<int> add) =>
        {
            for (var i = 0; i < 2; i++)
            {
                await place.WaitAsync();
                add(amount);
                place.Release();
            }
        });
        await RejectsAsync("11-2", "The deposit of another caller came between two", async (int amount, Action<int> add) =>
        {
            await place.WaitAsync(); // of no use: it is free again at once
            place.Release();
            for (var i = 0; i < 2; i++)
            {
                await place.WaitAsync();
                add(amount);
                place.Release();
            }
        });
        var swallowing = new Lock();
        await RejectsAsync("11-2", "Let the exception out", (int amount, Action<int> add) =>
        {
            try { lock (swallowing) { add(amount); add(amount); } }
            catch (IOException) { }
            return Task.CompletedTask;
        });
        var kept = new SemaphoreSlim(1);
        await RejectsAsync("11-2", "It never ends", async (int amount, Action<int> add) =>
        {
            await kept.WaitAsync();
            add(amount);
            add(amount);
        });
        await RejectsAsync("11-2", "0 deposits arrived instead of two.", (int amount, Action<int> add) => Task.CompletedTask);
    }

    private static void OnTwoThreads(Action work)
    {
        var threads = new[] { new Thread(() => work()), new Thread(() => work()) };
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
    }

    private static async Task AddAsync(Func<Task<int>> readAsync, Func<int, Task> writeAsync) => await writeAsync(await readAsync() + 1);
}
