namespace OutOfProcess.Worker;

/// <summary>Makes the <see cref="IProgress{T}"/> that a task in this worker reports to.</summary>
internal static class RemoteProgress
{
    public static object Create(Type type, WorkerLoop calls, long number, int parameter) =>
        Activator.CreateInstance(typeof(Sender<>).MakeGenericType(type), calls, number, parameter)!;

    private sealed class Sender<T>(WorkerLoop calls, long number, int parameter) : IProgress<T>
    {
        public void Report(T value) => calls.Report(number, parameter, value, typeof(T));
    }
}
