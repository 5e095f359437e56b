using System.Reflection;

namespace OutOfProcess.Worker;

/// <summary>Calls a method for each item of an array without boxing one.</summary>
internal abstract class ChunkRunner
{
    public static ChunkRunner Of(MethodInfo method)
    {
        var result = RemoteMethod.ResultOf(method.ReturnType);
        var runner = result == method.ReturnType ? typeof(Plain<,>) : typeof(Asynchronous<,>);
        return (ChunkRunner)Activator.CreateInstance(runner.MakeGenericType(method.GetParameters()[0].ParameterType, result), method)!;
    }

    public abstract Array Run(object items);

    private sealed class Plain<T, TResult>(MethodInfo method) : ChunkRunner
    {
        private readonly Func<T, TResult> _function = method.CreateDelegate<Func<T, TResult>>();

        public override Array Run(object items) => Array.ConvertAll((T[])items, item => _function(item));
    }

    private sealed class Asynchronous<T, TResult>(MethodInfo method) : ChunkRunner
    {
        private readonly Func<T, Task<TResult>> _function = method.CreateDelegate<Func<T, Task<TResult>>>();

        public override Array Run(object items) => Array.ConvertAll((T[])items, item => _function(item).GetAwaiter().GetResult());
    }
}
