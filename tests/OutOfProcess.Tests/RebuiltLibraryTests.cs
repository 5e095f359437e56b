using System.Reflection;
using System.Reflection.Emit;

namespace OutOfProcess.Tests;

/// <summary>A worker that would run another build of a library than its pool's process has loaded says so, and runs nothing.</summary>
public sealed class RebuiltLibraryTests : ProcessPoolTest
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rebuilt");

    public override async ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_method_of_a_library_that_was_built_again_is_refused_and_the_worker_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a loaded library cannot be replaced there");
        Build(("Times", 2));
        var times = Load("Times");
        Build(("Another", 5), ("Times", 3));
        await using var pool = new ProcessPool(1);

        var run = () => pool.RunAsync(times, 7);

        (await run.Should().ThrowAsync<ArgumentException>())
            .WithMessage("*could not begin Rebuilt.Times(7)*of another build there than here*start the program again*");
        (await pool.RunAsync(RemoteWork.Negate, 3)).Should().Be(-3, "the worker goes on");
        times(7).Should().Be(14, "this process still has the old one");
    }

    [Fact]
    public async Task A_value_of_a_library_that_was_built_again_is_refused_and_the_worker_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a loaded library cannot be replaced there");
        Build(("Times", 2));
        var value = Activator.CreateInstance(Assembly.LoadFrom(LibraryPath()).GetType("Value")!)!;
        Build(("Times", 3));
        await using var pool = new ProcessPool(1);

        var run = () => pool.RunAsync(RemoteWork.TakeObject, value);

        (await run.Should().ThrowAsync<ArgumentException>())
            .WithMessage("*could not begin RemoteWork.TakeObject(Value)*of another build there than here*start the program again*");
        (await pool.RunAsync(RemoteWork.Negate, 3)).Should().Be(-3, "the worker goes on");
    }

    private Func<int, int> Load(string method) =>
        Assembly.LoadFrom(LibraryPath()).GetType("Rebuilt")!.GetMethod(method)!.CreateDelegate<Func<int, int>>();

    // Each build has a name of its own within the test's process, which loads a library of one name only once.
    private string LibraryPath() => Path.Combine(_folder.FullName, $"{_folder.Name}.dll");

    // A library whose methods multiply by a factor, and with a type for values.
    private void Build(params (string Method, int Factor)[] methods)
    {
        var library = new PersistedAssemblyBuilder(new AssemblyName(_folder.Name), typeof(object).Assembly);
        var module = library.DefineDynamicModule(_folder.Name);
        module.DefineType("Value", TypeAttributes.Public | TypeAttributes.Sealed).CreateType();
        var type = module.DefineType("Rebuilt", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        foreach (var (name, factor) in methods)
        {
            var body = type.DefineMethod(name, MethodAttributes.Public | MethodAttributes.Static, typeof(int), [typeof(int)])
                .GetILGenerator();
            body.Emit(OpCodes.Ldarg_0);
            body.Emit(OpCodes.Ldc_I4, factor);
            body.Emit(OpCodes.Mul);
            body.Emit(OpCodes.Ret);
        }

        type.CreateType();
        File.Delete(LibraryPath()); // A new file, since the old one may be mapped.
        library.Save(LibraryPath());
    }
}
