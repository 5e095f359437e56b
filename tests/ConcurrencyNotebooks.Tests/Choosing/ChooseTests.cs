namespace ConcurrencyNotebooks.Tests;

public sealed class ChooseTests
{
    /// <summary>Every workload there is: two kinds, and four questions that are answered yes or no.</summary>
    private static IEnumerable<Workload> All =>
        from kind in Enum.GetValues<WorkloadKind>()
        from bits in Enumerable.Range(0, 16)
        select new Workload($"{kind} {bits}", kind)
        {
            AsyncLibrary = (bits & 1) != 0,
            ManyAtOnce = (bits & 2) != 0,
            ParallelNeeded = (bits & 4) != 0,
            IsolationNeeded = (bits & 8) != 0,
        };

    [Fact]
    public void Every_path_is_walked_by_some_workload_and_every_workload_walks_a_path()
    {
        var walked = All.Select(work => PathsOf(Choose.For(work)).Should().ContainSingle().Subject).ToHashSet();

        var paths = PathsOf(Choose.Tree);

        paths.Should().HaveCount(6).And.OnlyHaveUniqueItems().And.BeEquivalentTo(walked);
    }

    // The source document's flowchart, and the one question that C# adds to it.
    [Theory]
    [InlineData(WorkloadKind.IoBound, "A", ConcurrencyModel.Async, ConcurrencyModel.Async)]
    [InlineData(WorkloadKind.IoBound, "AM", ConcurrencyModel.Async, ConcurrencyModel.Async)]
    [InlineData(WorkloadKind.IoBound, "M", ConcurrencyModel.Threads, ConcurrencyModel.Threads)]
    [InlineData(WorkloadKind.IoBound, "", ConcurrencyModel.Threads, ConcurrencyModel.Threads)]
    [InlineData(WorkloadKind.CpuBound, "P", ConcurrencyModel.Threads, ConcurrencyModel.Processes)]
    [InlineData(WorkloadKind.CpuBound, "PI", ConcurrencyModel.Processes, ConcurrencyModel.Processes)]
    [InlineData(WorkloadKind.CpuBound, "I", ConcurrencyModel.Processes, ConcurrencyModel.Processes)]
    [InlineData(WorkloadKind.CpuBound, "", ConcurrencyModel.Sequential, ConcurrencyModel.Sequential)]
    [InlineData(WorkloadKind.CpuBound, "AM", ConcurrencyModel.Sequential, ConcurrencyModel.Sequential)]
    public void The_model_is_that_of_the_flowchart(WorkloadKind kind, string yes, ConcurrencyModel model, ConcurrencyModel python)
    {
        var choice = Choose.For(new Workload("work", kind)
        {
            AsyncLibrary = yes.Contains('A'),
            ManyAtOnce = yes.Contains('M'),
            ParallelNeeded = yes.Contains('P'),
            IsolationNeeded = yes.Contains('I'),
        });

        choice.Model.Should().Be(model);
        choice.Recommended[1].Model.Should().Be(python);
    }

    // A crash of one worker breaks Python's pool, and the library has no pool that .NET has not: neither stands in the tree.
    [Fact]
    public void What_must_be_kept_apart_gets_a_process_for_each_job_and_no_teaching_type_is_recommended()
    {
        var isolated = Choose.For(new Workload("parse", WorkloadKind.CpuBound) { IsolationNeeded = true }).Recommended;

        isolated.Select(node => node.Text).Should()
            .Equal("C#: Processes, Process for each job", "Python: Processes, Process for each job");
        Choose.Tree.ToString().Should().NotContainAny("FixedThreadPool", "C#: Processes, ProcessPool");
    }

    [Fact]
    public void The_path_holds_the_questions_and_their_answers()
    {
        var choice = Choose.For(new Workload("primes", WorkloadKind.CpuBound) { ParallelNeeded = true });

        PathsOf(choice).Should().Equal(
            "What does it spend its time with? computing (CPU). Must a crash or a leak stay outside? no. Is one core too slow? yes.: "
            + "C#: Threads, Parallel.For; Python: Processes, ProcessPoolExecutor");
    }

    [Fact]
    public void A_kind_that_does_not_exist_is_refused()
    {
        var choose = () => Choose.For(new Workload("dream", (WorkloadKind)7));

        choose.Should().Throw<ArgumentOutOfRangeException>().WithMessage("'dream' is neither I/O-bound nor CPU-bound.*");
        FluentActions.Invoking(() => new Workload(null!, WorkloadKind.CpuBound)).Should().Throw<ArgumentNullException>();
    }

    private static IEnumerable<string> PathsOf(Picture picture) =>
        picture.ToSpec().Scene.Table.Rows.Select(row => $"{row[0]}: {row[1]}");
}
