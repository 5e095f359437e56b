namespace ConcurrencyNotebooks.Tests.Interpreting;

public sealed class InterpreterLockTests
{
    // Far beyond anything that is measured here: reached only by a lock that does not work.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void There_are_never_two_holders()
    {
        var interpreterLock = new InterpreterLock(TimeSpan.FromMilliseconds(1));
        var inside = 0;
        var violations = 0;

        OnThreads(4, _ => interpreterLock.Run(() =>
        {
            var deadline = DateTime.UtcNow + Patience;
            while (interpreterLock.Switches < 40 && DateTime.UtcNow < deadline)
            {
                if (Interlocked.Increment(ref inside) != 1)
                    Interlocked.Increment(ref violations);
                Interlocked.Decrement(ref inside);
                interpreterLock.Checkpoint();
            }
        }));

        violations.Should().Be(0);
        interpreterLock.Switches.Should().BeGreaterThanOrEqualTo(40);
    }

    [Fact]
    public void All_threads_get_their_turns()
    {
        var interpreterLock = new InterpreterLock(TimeSpan.FromMilliseconds(1));
        var progress = new int[3];

        OnThreads(3, thread => interpreterLock.Run(() =>
        {
            // A thread that is never let in leaves its number at 0, and the others in this loop.
            var deadline = DateTime.UtcNow + Patience;
            while (progress.Any(turns => Volatile.Read(ref turns) == 0) && DateTime.UtcNow < deadline)
            {
                Volatile.Write(ref progress[thread], 1);
                interpreterLock.Checkpoint();
            }
        }));

        progress.Should().OnlyContain(turns => turns == 1);
        interpreterLock.HandOverRequests.Should().BeGreaterThan(0);
    }

    [Fact]
    public void A_holder_without_checkpoints_keeps_the_lock_whoever_asks()
    {
        var interpreterLock = new InterpreterLock(TimeSpan.FromMilliseconds(1));
        var entered = false;
        Thread? waiter = null;

        var enteredMeanwhile = true;
        interpreterLock.Run(() =>
        {
            waiter = Started(() => interpreterLock.Run(() => Volatile.Write(ref entered, true)));
            Until(() => interpreterLock.HandOverRequests >= 3);
            enteredMeanwhile = Volatile.Read(ref entered);
        });

        enteredMeanwhile.Should().BeFalse();
        waiter!.Join(Patience).Should().BeTrue();
        entered.Should().BeTrue();
    }

    [Fact]
    public void Having_handed_over_a_thread_comes_back_only_after_another_had_the_lock()
    {
        var interpreterLock = new InterpreterLock(TimeSpan.FromMilliseconds(1));
        for (var round = 0; round < 50; round++)
        {
            var others = 0;
            var requests = interpreterLock.HandOverRequests;
            interpreterLock.Run(() =>
            {
                var waiter = Started(() => interpreterLock.Run(() => others++));
                Until(() => interpreterLock.HandOverRequests > requests);

                interpreterLock.Checkpoint();

                others.Should().Be(1, "the former holder waits until the switch has happened");
                interpreterLock.IsHeldByCurrentThread.Should().BeTrue();
                waiter.Join();
            });
        }
    }

    [Fact]
    public void Nobody_is_asked_to_hand_over_before_the_switch_interval_is_over()
    {
        var interpreterLock = new InterpreterLock(TimeSpan.FromMinutes(1));
        using var begun = new ManualResetEventSlim();
        Thread? waiter = null;

        interpreterLock.Run(() =>
        {
            waiter = Started(() => { begun.Set(); interpreterLock.Run(() => { }); });
            begun.Wait();
            for (var i = 0; i < 1_000_000; i++)
                interpreterLock.Checkpoint();
            interpreterLock.Switches.Should().Be(1);
        });

        waiter!.Join(Patience).Should().BeTrue();
        interpreterLock.HandOverRequests.Should().Be(0);
        interpreterLock.Switches.Should().Be(2);
    }

    [Fact]
    public void A_blocking_call_lets_another_thread_run_without_being_asked()
    {
        var interpreterLock = new InterpreterLock(TimeSpan.FromMinutes(1));
        using var ran = new ManualResetEventSlim();

        var answered = false;
        interpreterLock.Run(() =>
        {
            var other = Started(() => interpreterLock.Run(ran.Set));
            interpreterLock.ReleaseWhile(() => answered = ran.Wait(Patience) && other.Join(Patience));
        });

        answered.Should().BeTrue();
        interpreterLock.HandOverRequests.Should().Be(0);
    }

    [Fact]
    public void After_a_blocking_call_that_throws_the_lock_is_held_again()
    {
        var interpreterLock = new InterpreterLock();
        var isHeld = false;

        interpreterLock.Run(() =>
        {
            var calling = () => interpreterLock.ReleaseWhile(() => throw new IOException("connection lost"));
            calling.Should().Throw<IOException>();
            isHeld = interpreterLock.IsHeldByCurrentThread;
        });

        isHeld.Should().BeTrue();
    }

    [Fact]
    public void Work_that_throws_gives_the_lock_back()
    {
        var interpreterLock = new InterpreterLock();

        var working = () => interpreterLock.Run(() => throw new InvalidOperationException("wrong"));

        working.Should().Throw<InvalidOperationException>().WithMessage("wrong");
        Started(() => interpreterLock.Run(() => { })).Join(Patience).Should().BeTrue();
    }

    [Fact]
    public void A_waiter_that_is_interrupted_after_asking_does_not_leave_the_holder_waiting_for_it()
    {
        var interpreterLock = new InterpreterLock(TimeSpan.FromMilliseconds(1));
        var isHeld = false;

        interpreterLock.Run(() =>
        {
            var waiter = Started(() => Assert.Throws<ThreadInterruptedException>(() => interpreterLock.Run(() => { })));
            Until(() => interpreterLock.HandOverRequests > 0);
            waiter.Interrupt();
            waiter.Join();
            interpreterLock.Checkpoint();
            isHeld = interpreterLock.IsHeldByCurrentThread;
        });

        isHeld.Should().BeTrue();
    }

    [Fact]
    public void Only_taking_it_from_another_thread_counts_as_a_switch()
    {
        var interpreterLock = new InterpreterLock();

        for (var i = 0; i < 10; i++)
            interpreterLock.Run(() => { });
        var before = interpreterLock.Switches;
        Started(() => interpreterLock.Run(() => { })).Join();

        before.Should().Be(1);
        interpreterLock.Switches.Should().Be(2);
    }

    [Fact]
    public void Entering_twice_is_refused_with_the_threads_name()
    {
        var interpreterLock = new InterpreterLock();
        Exception? refusal = null;
        void EnterTwice() => interpreterLock.Run(() => interpreterLock.Run(() => { }));
        var thread = new Thread(() => refusal = Record.Exception(EnterTwice)) { Name = "greedy" };

        thread.Start();
        thread.Join();

        refusal.Should().BeOfType<LockRecursionException>().Which.Message.Should().Contain("\"greedy\" holds the interpreter lock already");
    }

    [Fact]
    public void Who_does_not_hold_the_lock_cannot_give_it_up()
    {
        var interpreterLock = new InterpreterLock();

        var releasing = () => interpreterLock.ReleaseWhile(() => { });

        releasing.Should().Throw<SynchronizationLockException>().WithMessage("*does not hold the interpreter lock*");
    }

    [Fact]
    public void The_switch_interval_is_CPythons_5_ms_unless_told()
    {
        new InterpreterLock().SwitchInterval.Should().Be(TimeSpan.FromMilliseconds(5));
        new InterpreterLock(TimeSpan.FromMilliseconds(1.5)).SwitchInterval.Should()
            .Be(TimeSpan.FromMilliseconds(2), "it counts in whole milliseconds");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(60_001)]
    public void A_switch_interval_out_of_range_is_refused(int milliseconds)
    {
        var creating = () => new InterpreterLock(TimeSpan.FromMilliseconds(milliseconds));

        creating.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static void OnThreads(int count, Action<int> work)
    {
        using var together = new Barrier(count);
        var threads = Enumerable.Range(0, count).Select(number => Started(() =>
        {
            together.SignalAndWait();
            work(number);
        })).ToList();
        threads.ForEach(thread => thread.Join());
    }

    private static Thread Started(ThreadStart work)
    {
        var thread = new Thread(work) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private static void Until(Func<bool> condition) => SpinWait.SpinUntil(condition, Patience).Should().BeTrue();
}
