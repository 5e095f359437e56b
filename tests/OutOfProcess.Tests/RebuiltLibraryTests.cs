using System.Reflection;
using System.Reflection.Emit;

namespace OutOfProcess.Tests;

/// <summary>The caller's process goes on with the library that it has loaded, a new worker loads what has been built since.</summary>
public sealed class RebuiltLibraryTests : ProcessPoolTest
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rebuilt");

    public override async ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_method_is_found_by_its_names_when_its_place_in_the_library_has_changed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a loaded library cannot be replaced there");
        Build(("Times", 2));
        var times = Load("Times");
        Build(("Another", 5), ("Times", 3));
        await using var pool = new ProcessPool(1);

        var result = await pool.RunAsync(times, 7);

        result.Should().Be(21);
        times(7).Should().Be(14, "this process still has the old one");
    }

    [Fact]
    public async Task A_method_that_is_not_in_the_library_any_more_fails_its_caller_and_says_so()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a loaded library cannot be replaced there");
        Build(("Times", 2));
        var times = Load("Times");
        Build(("Another", 5));
        await using var pool = new ProcessPool(1);

        var run = () => pool.RunAsync(times, 7);

        (await run.Should().ThrowAsync<ArgumentException>())
            .WithMessage("*could not load Rebuilt.Times from*has no static method*Build it again*");
        (await pool.RunAsync(RemoteWork.Negate, 3)).Should().Be(-3, "the worker goes on");
    }

    private Func<int, int> Load(string method) =>
        Assembly.LoadFrom(LibraryPath()).GetType("Rebuilt")!.GetMethod(method)!.CreateDelegate<Func<int, int>>();

    // Each build has a name of its own within the test's process, which loads a library of one name only once.
    private string LibraryPath() => Path.Combine(_folder.FullName, $"{_folder.Name}.dll");

    // A library whose methods multiply by a factor.
    private void Build(params (string Method, int Factor)[] methods)
    {
        var library = new PersistedAssemblyBuilder(new AssemblyName(_folder.Name), typeof(object).Assembly);
        var type = library.DefineDynamicModule(_folder.Name)
            .DefineType("Rebuilt", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
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
