using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace OutOfProcess.Tests;

/// <summary>What crosses to a worker, what does not, and what is said then.</summary>
public sealed class ProcessPoolCrossingTests : ProcessPoolTest
{
    [Fact]
    public async Task Methods_of_every_shape_cross()
    {
        using var gate = new Gate();
        var log = gate.NameOf("log");
        await using var pool = new ProcessPool(1);

        (await pool.RunAsync(RemoteWork.Zero)).Should().Be(0);
        (await pool.RunAsync(RemoteWork.Negate, 3)).Should().Be(-3);
        (await pool.RunAsync(RemoteWork.Sum, 3, 4)).Should().Be(7);
        (await pool.RunAsync(RemoteWork.Join, "a", "b", "c")).Should().Be("abc");
        (await pool.RunAsync(RemoteWork.NegateLater, 3)).Should().Be(-3);
        await pool.RunAsync(RemoteWork.Append, log, "one ");
        await pool.RunAsync(RemoteWork.AppendLater, log, "two");

        File.ReadAllText(log).Should().Be("one two");
    }

    [Fact]
    public async Task A_literal_fits_a_method_of_a_long_or_a_double()
    {
        await using var pool = new ProcessPool(1);

        long squares = await pool.RunAsync(RemoteWork.SumOfSquares, 1_000);
        double root = await pool.RunAsync(Math.Sqrt, 16);

        squares.Should().Be(RemoteWork.SumOfSquares(1_000));
        root.Should().Be(4);
    }

    [Fact]
    public async Task Values_of_every_kind_come_back_as_they_went()
    {
        await using var pool = new ProcessPool(1);
        var order = new Order(7, null, [1.5, double.NaN, double.PositiveInfinity], new() { ["wheel"] = 4 }, DayOfWeek.Friday,
            new Order(6, "Ä€ 日本", [], [], DayOfWeek.Monday, null));

        (await pool.RunAsync(RemoteWork.EchoOrder, order)).Should().BeEquivalentTo(order);
        (await pool.RunAsync(RemoteWork.EchoPair, (3, 4))).Should().Be((3, 4));
        (await pool.RunAsync(RemoteWork.EchoNullable, (decimal?)null)).Should().BeNull();
        (await pool.RunAsync(RemoteWork.EchoNullable, (decimal?)1.10m)).Should().Be(1.10m);
        (await pool.RunAsync(RemoteWork.EchoDoubles, new[] { 1, double.NaN, double.NegativeZero }))
            .Should().Equal(1, double.NaN, double.NegativeZero);
        (await pool.RunAsync(RemoteWork.EchoStrings, new[] { "", null!, "日本", "\ud800" })).Should().Equal("", null, "日本", "\ud800");
        (await pool.RunAsync(RemoteWork.EchoMemory, new byte[] { 1, 2, 3 }.AsMemory(1))).ToArray().Should().Equal(2, 3);
        (await pool.RunAsync(RemoteWork.EchoBytes, (byte[])null!)).Should().BeNull();
    }

    [Fact]
    public async Task A_result_crosses_whatever_type_is_declared()
    {
        await using var pool = new ProcessPool(1);

        (await pool.RunAsync(RemoteWork.ArrayAsList, 3)).Should().Equal(0, 1, 2);
        (await pool.RunAsync(RemoteWork.ArrayAsSequence, 2)).Should().Equal("0", "1");
        (await pool.MapAsync(RemoteWork.ArrayAsList, [1, 2])).Should().BeEquivalentTo(new int[][] { [0], [0, 1] });
        (await pool.RunAsync(RemoteWork.ArrayAsObject, 3)).Should().BeOfType<int[]>().Which.Should().Equal(0, 1, 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8 * 1024)]
    [InlineData(16 * 1024 + 1)]
    [InlineData(1 << 20)]
    [InlineData(20_000_000)]
    public async Task Bytes_of_any_length_cross(int length)
    {
        await using var pool = new ProcessPool(2);
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);

        var returned = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => pool.RunAsync(RemoteWork.EchoBytes, bytes)));

        returned.All(copy => copy.AsSpan().SequenceEqual(bytes)).Should().BeTrue();
    }

    [Fact]
    public async Task A_static_changed_in_a_worker_is_unchanged_here()
    {
        await using var pool = new ProcessPool(1);

        await pool.RunAsync(RemoteWork.SetCounter);

        (await pool.RunAsync(RemoteWork.Increment)).Should().Be(1001);
        RemoteWork.Increment().Should().BeLessThan(1000);
    }

    [Fact]
    public async Task A_dependency_beside_the_callers_assembly_is_found()
    {
        await using var pool = new ProcessPool(1);

        (await pool.RunAsync(RemoteWork.UseDependency)).Should().BeTrue();
    }

    [Fact]
    public async Task A_native_library_of_a_package_is_found()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "It copies a library of the framework's by its name on Linux.");
        var folder = Directory.CreateTempSubdirectory("native");
        var method = NativeLibraryOfPackage.MakeMethod(folder.FullName);
        await using var pool = new ProcessPool(1);

        (await pool.RunAsync(method).InTime()).Should().Be(await pool.RunAsync(RemoteWork.ProcessId));

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_has_no_name_of_its_own_is_refused_at_once_and_the_message_says_what_to_do()
    {
        await using var pool = new ProcessPool(1);
        var offset = 5;
        int Local(int number) => number + offset;
        static int StaticLocal(int number) => number + 1;
        Func<int, int> two = RemoteWork.Negate;
        two += RemoteWork.Negate;

        Refused(() => pool.RunAsync((int number) => number + 1, 1), "*lambda*static method of a class library*");
        Refused(() => pool.RunAsync(Local, 1), "*local function Local*captures*arguments*");
        Refused(() => pool.RunAsync(Instance, 1), "*instance method*Instance*make it static*");
        Refused(() => pool.RunAsync("text".Extended), "*bound to its first argument*");
        Refused(() => pool.RunAsync(RemoteWork.Generic<int>, 1), "*generic method*");
        Refused(() => pool.RunAsync(two, 1), "*several methods*");
        Refused(() => pool.RunAsync(RemoteWork.NegateByValueTask, 1), "*NegateByValueTask*returns a ValueTask*return a Task*");
        (await pool.RunAsync(StaticLocal, 1)).Should().Be(2);
    }

    [Fact]
    public async Task A_method_of_an_assembly_in_memory_as_a_notebooks_cell_is_refused_and_the_message_says_what_to_do()
    {
        await using var pool = new ProcessPool(1);
        var context = new AssemblyLoadContext("a notebook", isCollectible: true);
        using var file = new MemoryStream(File.ReadAllBytes(typeof(RemoteWork).Assembly.Location));
        var inMemory = context.LoadFromStream(file).GetType(typeof(RemoteWork).FullName!)!
            .GetMethod(nameof(RemoteWork.Negate), BindingFlags.Static | BindingFlags.Public)!
            .CreateDelegate<Func<int, int>>();

        Refused(() => pool.RunAsync(inMemory, 1), "*Negate*in memory*notebook's cells*class library*#r*");
        var animal = context.Assemblies.Single().GetType(typeof(Values.Animal).FullName!)!;
        var cat = Activator.CreateInstance(animal, "cat")!;
        Refused(() => pool.RunAsync(RemoteWork.TakeObject, cat), "*Animal was*in memory*class library*");
        var none = Activator.CreateInstance(typeof(List<>).MakeGenericType(animal))!;
        Refused(() => pool.RunAsync(RemoteWork.TakeObject, none), "*Animal was*in memory*class library*");
        context.Unload();
    }

    [Fact]
    public async Task An_argument_that_cannot_cross_is_refused_at_once_while_others_are_in_flight()
    {
        using var gate = new Gate();
        await using var pool = new ProcessPool(1);
        var running = pool.RunAsync(RemoteWork.WaitAtGate, gate.Path, 1);
        var queued = pool.RunAsync(RemoteWork.Negate, 2);

        Refused(() => pool.RunAsync(RemoteWork.TakeHandle, new MemoryStream()), "*MemoryStream*TakeHandle*own process*");
        Refused(() => pool.RunAsync(RemoteWork.TakeFunction, () => 3), "*TakeFunction*own process*");
        Refused(() => pool.RunAsync(RemoteWork.TakeObject, new WithLog()),
            "*MemoryStream (in WithLog.Log) has a meaning only in its own process*");
        Refused(() => pool.RunAsync(RemoteWork.TakeObject, (object)(1, default(GCHandle))), "*own process*");

        gate.Open();
        (await running.InTime()).Should().Be(1);
        (await queued.InTime()).Should().Be(-2);
    }

    [Fact]
    public async Task A_result_that_cannot_cross_fails_its_own_call_only()
    {
        await using var pool = new ProcessPool(1);
        var calls = new[] { pool.RunAsync(RemoteWork.Negate, 1), pool.RunAsync(RemoteWork.Negate, 2) };

        var handle = () => pool.RunAsync(RemoteWork.MakeHandle);

        (await handle.Should().ThrowAsync<UnserializableResultException>())
            .WithMessage("*RemoteWork.MakeHandle()*own process*Return numbers*");
        (await Task.WhenAll(calls)).Should().Equal(-1, -2);
        pool.Workers.Single().TasksDone.Should().Be(3, "the worker lives on");
    }

    private int Instance(int number) => number + GetHashCode();

    private static void Refused(Func<Task> call, string message) =>
        call.Invoking(run => { run(); }).Should().Throw<ArgumentException>().WithMessage(message);

    private sealed class WithLog
    {
        public MemoryStream Log { get; } = new();
    }
}

internal static class Extensions
{
    public static int Extended(this string text) => text.Length;
}
