using System.Reflection;
using System.Runtime.Loader;

namespace OutOfProcess.Worker;

/// <summary>A method that the pool has named, found when it is first called.</summary>
internal sealed class BoundMethod(string assembly, int token, Guid build)
{
    private static readonly HashSet<string> Folders = [];

    private MethodInfo? _method;
    private MethodInvoker? _invoker;
    private Type[]? _parameters;

    static BoundMethod() => AssemblyLoadContext.Default.Resolving += (context, name) => Folders
        .Select(folder => Path.Combine(folder, name.Name + ".dll"))
        .Where(File.Exists)
        .Select(context.LoadFromAssemblyPath)
        .FirstOrDefault();

    public MethodInfo Method => _method ??= Find();

    public MethodInvoker Invoker => _invoker ??= MethodInvoker.Create(Method);

    public Type[] Parameters => _parameters ??= Array.ConvertAll(Method.GetParameters(), parameter => parameter.ParameterType);

    /// <summary>Runs the method for each item of an array.</summary>
    public ChunkRunner Chunks => field ??= ChunkRunner.Of(Method);

    /// <summary>The type of the result: <c>T</c> of a <c>Task&lt;T&gt;</c>, void of a Task.</summary>
    public Type ResultType => field ??= RemoteMethod.ResultOf(Method.ReturnType);

    /// <summary>Calls the method, and waits for its task if it returns one.</summary>
    public object? Call(object?[] arguments)
    {
        var returned = Invoker.Invoke(null, arguments.AsSpan());
        if (returned is not Task task)
            return returned;
        task.GetAwaiter().GetResult();
        return ResultType == typeof(void) ? null : Method.ReturnType.GetProperty(nameof(Task<>.Result))!.GetValue(task);
    }

    private MethodInfo Find()
    {
        Folders.Add(Path.GetDirectoryName(assembly)!);
        return (MethodInfo)TypeName.Load(assembly, build).ManifestModule.ResolveMethod(token)!;
    }
}
