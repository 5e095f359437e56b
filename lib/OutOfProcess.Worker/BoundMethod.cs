using System.Reflection;
using System.Runtime.Loader;

namespace OutOfProcess.Worker;

/// <summary>A method that the pool has defined, found when it is first called.</summary>
internal sealed class BoundMethod(string assembly, Guid build, int token, bool isForItems)
{
    private static readonly HashSet<string> Folders = [];

    private Func<object?[], object?>? _call;

    static BoundMethod() => AssemblyLoadContext.Default.Resolving += (context, name) => Folders
        .Select(folder => Path.Combine(folder, name.Name + ".dll"))
        .Where(File.Exists)
        .Select(context.LoadFromAssemblyPath)
        .FirstOrDefault();

    public RemoteMethod Method => field ??= Find();

    /// <summary>Calls the method, and waits for its task if it returns one.</summary>
    public object? Call(object?[] arguments) => (_call ??= isForItems ? CallForItems() : CallOnce())(arguments);

    private RemoteMethod Find()
    {
        Folders.Add(Path.GetDirectoryName(assembly)!);
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
