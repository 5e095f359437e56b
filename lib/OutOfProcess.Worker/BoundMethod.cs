using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace OutOfProcess.Worker;

/// <summary>A method that the pool has defined, found when it is first called.</summary>
internal sealed class BoundMethod(string assembly, Guid build, int token, bool isForItems)
{
    // The files of the methods, each with what its .deps.json says of the libraries that it needs. Copied on every change, since
    // any thread may look for a library.
    private static volatile (string File, Lazy<AssemblyDependencyResolver> Needs)[] _files = [];

    private Func<object?[], object?>? _call;

    static BoundMethod()
    {
        AssemblyLoadContext.Default.Resolving += (context, name) => _files
            .Select(each => each.Needs.Value.ResolveAssemblyToPath(name)
                ?? Path.Combine(Path.GetDirectoryName(each.File)!, name.Name + ".dll"))
            .Where(File.Exists)
            .Select(context.LoadFromAssemblyPath)
            .FirstOrDefault();
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) => _files
            .Select(each => each.Needs.Value.ResolveUnmanagedDllToPath(name))
            .OfType<string>()
            .Select(NativeLibrary.Load)
            .FirstOrDefault();
    }

    public RemoteMethod Method => field ??= Find();

    /// <summary>Calls the method, and waits for its task if it returns one.</summary>
    public object? Call(object?[] arguments) => (_call ??= isForItems ? CallForItems() : CallOnce())(arguments);

    private RemoteMethod Find()
    {
        if (!Array.Exists(_files, each => each.File == assembly))
            _files = [.. _files, (assembly, new(() => new AssemblyDependencyResolver(assembly)))];
        var method = TypeName.Load(assembly, build).ManifestModule.ResolveMethod(token)!;
        return new RemoteMethod((MethodInfo)method, isForItems);
    }

    private Func<object?[], object?> CallOnce()
    {
        var method = Method;
        var invoker = MethodInvoker.Create(method.Method);
        var result = method.IsAsynchronous ? method.Method.ReturnType.GetProperty(nameof(Task<>.Result)) : null;
        return arguments =>
        {
            var returned = invoker.Invoke(null, arguments.AsSpan());
            if (!method.IsAsynchronous)
                return returned;
            ((Task)returned!).GetAwaiter().GetResult();
            return result?.GetValue(returned);
        };
    }

    // Without boxing an item.
    private Func<object?[], object?> CallForItems()
    {
        var info = Method.Method;
        Type[] types = [Method.ParameterTypes[0].GetElementType()!, Method.ResultType.GetElementType()!];
        var caller = typeof(BoundMethod).GetMethod(
            Method.IsAsynchronous ? nameof(ForItemsAsynchronously) : nameof(ForItems), BindingFlags.NonPublic | BindingFlags.Static)!;
        return caller.MakeGenericMethod(types).CreateDelegate<Func<MethodInfo, Func<object?[], object?>>>()(info);
    }

    private static Func<object?[], object?> ForItems<T, TResult>(MethodInfo method)
    {
        var function = method.CreateDelegate<Converter<T, TResult>>();
        return arguments => Array.ConvertAll((T[])arguments[0]!, function);
    }

    private static Func<object?[], object?> ForItemsAsynchronously<T, TResult>(MethodInfo method)
    {
        var function = method.CreateDelegate<Func<T, Task<TResult>>>();
        return arguments => Array.ConvertAll((T[])arguments[0]!, item => function(item).GetAwaiter().GetResult());
    }
}
