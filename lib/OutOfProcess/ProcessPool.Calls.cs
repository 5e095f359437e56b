namespace OutOfProcess;

public sealed partial class ProcessPool
{
    // One for each thread that makes calls: its memory is worth keeping from call to call.
    [ThreadStatic]
    private static FrameWriter? _writer;

    // Makes a call of a method group and its arguments and sends it on its way.
    private Task<T> Start<T>(Delegate function, CancellationToken token, params object?[] arguments)
    {
        var method = RemoteMethod.Of(function);
        var call = new PoolCall<T>(method, arguments, MakeFrame(method, arguments, isChunk: false), token);
        _dispatcher!.Submit(call);
        GC.KeepAlive(this);
        return call.Task;
    }

    private static Frame MakeFrame(RemoteMethod method, object?[] arguments, bool isChunk)
    {
        var writer = _writer ??= new FrameWriter();
        writer.Begin(FrameKind.Call);
        writer.Write(method.Id);
        writer.Write(isChunk);
        for (var i = 0; i < arguments.Length; i++)
        {
            var type = method.ParameterTypes[i];
            if (type != typeof(CancellationToken))
                WriteArgument(writer, arguments[i], isChunk ? type.MakeArrayType() : type, method);
        }

        return Finish(writer, method);
    }

    private static void WriteArgument(FrameWriter writer, object? argument, Type type, RemoteMethod method)
    {
        try
        {
            ValueSerializer.Write(writer, argument, type);
        }
        catch (NotSupportedException error)
        {
            throw new ArgumentException(
                $"The argument of type {argument?.GetType().Name} for {method.Name} cannot cross to another process: {error.Message}. "
                + "Pass numbers, strings, collections, or objects made of these.",
                nameof(argument), error);
        }
    }

    private static Frame Finish(FrameWriter writer, RemoteMethod method)
    {
        try
        {
            return writer.ToFrame();
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"The arguments for {method.Name} are too long: {error.Message}", error);
        }
    }
}
