using System.Collections.Concurrent;
using System.Reflection;

namespace OutOfProcess;

/// <summary>A static method of a compiled assembly, which travels to another process by the place of its code.</summary>
internal sealed class RemoteMethod
{
    private static int _lastId;

    public RemoteMethod(MethodInfo method, bool isForItems)
    {
        (Method, IsForItems) = (method, isForItems);
        Name = $"{method.DeclaringType!.Name}.{method.Name}";
        ParameterTypes = Array.ConvertAll(method.GetParameters(), parameter => parameter.ParameterType);
        var returned = method.ReturnType;
        IsAsynchronous = returned == typeof(Task) || (returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Task<>));
        ResultType = !IsAsynchronous ? returned : returned.IsGenericType ? returned.GetGenericArguments()[0] : typeof(void);
        TakesToken = Array.IndexOf(ParameterTypes, typeof(CancellationToken)) >= 0;
        if (isForItems)
            (ParameterTypes, ResultType) = ([ParameterTypes[0].MakeArrayType()], ResultType.MakeArrayType());
    }

    /// <summary>What calls of this method carry instead of its name.</summary>
    public int Id { get; } = Interlocked.Increment(ref _lastId);

    public MethodInfo Method { get; }

    /// <summary>Whether each call runs it for all items of an array.</summary>
    public bool IsForItems { get; }

    public string Name { get; }

    public Type[] ParameterTypes { get; }

    public bool IsAsynchronous { get; }

    /// <summary>What comes back: <c>T</c> of a <c>Task&lt;T&gt;</c>, void of a Task.</summary>
    public Type ResultType { get; }

    public bool TakesToken { get; }

    /// <summary>The same method, called for all items of an array.</summary>
    public RemoteMethod ForItems => field ??= new RemoteMethod(Method, isForItems: true);

    /// <summary>The frame that makes the method known to a worker.</summary>
    public Frame Definition => field ??= Define();

    /// <summary>Finds the method behind a method group.</summary>
    /// <exception cref="ArgumentException">It cannot travel; the message says why, and what to do.</exception>
    public static RemoteMethod Of(Delegate method)
    {
        ArgumentNullException.ThrowIfNull(method);
        return method.HasSingleTarget && method.Target is null && Table.Known.TryGetValue(method.Method, out var known)
            ? known
            : Table.Known.GetOrAdd(Check(method), info => new RemoteMethod(info, isForItems: false));
    }

    /// <summary>The frame of a call.</summary>
    /// <exception cref="ArgumentException">An argument cannot cross.</exception>
    public Frame CallWith(object?[] arguments)
    {
        var frame = new Frame(FrameKind.Call);
        frame.Write(Id);
        for (var i = 0; i < arguments.Length; i++)
        {
            if (ParameterTypes[i] == typeof(CancellationToken))
                continue;
            try
            {
                ObjectGraph.Write(frame, arguments[i], ParameterTypes[i]);
            }
            catch (NotSupportedException error)
            {
                throw new ArgumentException(
                    $"The argument of type {arguments[i]?.GetType().Name} for {Name} cannot cross to another process: {error.Message}. "
                    + "Pass numbers, strings, collections, or objects made of these.",
                    nameof(arguments), error);
            }
        }

        return frame;
    }

    private Frame Define()
    {
        var frame = new Frame(FrameKind.Define, Id);
        frame.WriteText(Method.Module.Assembly.Location);
        frame.Write(Method.Module.ModuleVersionId);
        frame.Write(Method.MetadataToken);
        frame.Write(IsForItems);
        return frame;
    }

    private static MethodInfo Check(Delegate method)
    {
        var info = method.Method;
        var name = $"{info.DeclaringType?.Name}.{info.Name}";
        var types = info.GetParameters().Select(parameter => parameter.ParameterType).Append(info.ReturnType);
        var pointing = types.FirstOrDefault(type => type.IsByRefLike || type.IsPointer || type.IsByRef);
        var (what, why, instead) =
            !method.HasSingleTarget ? ("A delegate of several methods", "has no one name", "call the pool once for each of them")
            : info.DeclaringType is not { } holder || info.Name.Contains(">b__", StringComparison.Ordinal)
                ? ("A lambda", "has no name by which a worker could find it", "write it as a static method of a class library")
            : !info.IsStatic && info.Name.Contains(">g__", StringComparison.Ordinal)
                ? ($"The local function {info.Name.Split('|')[0].Split("g__")[1]}", "captures variables, which exist in this process only",
                    "pass what it needs as arguments of a static method")
            : !info.IsStatic
                ? ($"The instance method {name}", $"needs its {holder.Name}, which exists in this process only",
                    "make it static and pass what it needs as arguments")
            : method.Target is not null
                ? ($"{name}, bound to its first argument,", "hides a value of this process", "pass that value as an argument")
            : TypeRules.IsInMemory(holder)
                ? ($"{name} of the assembly {holder.Assembly.GetName().Name}",
                    "was compiled or loaded in memory, as the methods of a notebook's cells are, "
                    + "so there is no file from which a worker could load it",
                    "move it into a class library and reference that with #r \"path/to/the.dll\"")
            : info.IsGenericMethod || holder.IsGenericType
                ? ($"The generic method {name}", "does not travel", "call it from a static method that is not generic")
            : pointing is not null
                ? (name, $"takes or returns a {pointing.Name}, which points into the memory of one process", "use an array")
            : info.ReturnType.Name.Split('`')[0] == nameof(ValueTask)
                ? (name, "returns a ValueTask, which a worker does not wait for", "return a Task")
            : (null, "", "");
        return what is null ? info : throw new ArgumentException(
            $"{what} cannot run in another process: it {why}. "
            + $"Instead {instead}, and pass that method itself: pool.RunAsync(Cpu.SumOfSquares, 1_000).");
    }

    // Apart from the rest, which workers use too: they start sooner without it.
    private static class Table
    {
        public static readonly ConcurrentDictionary<MethodInfo, RemoteMethod> Known = new();
    }
}
