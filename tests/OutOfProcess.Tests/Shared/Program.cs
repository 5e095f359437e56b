using System.Reflection;

namespace OutOfProcess.Tests;

/// <summary>
/// Runs one static method of this assembly, named `Type.Method`, in a process of its own: what happens when a process is killed can
/// only be shown with a process that may be killed.
/// </summary>
internal static class Program
{
    public static async Task Main(string[] args)
    {
        var (type, method) = (args[0].Split('.')[0], args[0].Split('.')[1]);
        await (Task)typeof(Program).Assembly.GetTypes().Single(candidate => candidate.Name == type)
            .GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!
            .Invoke(null, null)!;
    }
}
