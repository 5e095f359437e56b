using System.Reflection;
using Xunit.Runner.InProc.SystemConsole;

namespace OutOfProcess.Tests;

/// <summary>
/// Runs one static method of this assembly, named `Type.Method`, in a process of its own: what happens when a process is killed can
/// only be shown with a process that may be killed. With other arguments it runs the tests.
/// </summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        // The test runner's own arguments begin with a sign.
        if (args is not [var name, ..] || !char.IsLetter(name[0]))
            return await ConsoleRunner.Run(args);

        var (type, method) = (name.Split('.')[0], name.Split('.')[1]);
        await (Task)typeof(Program).Assembly.GetTypes().Single(candidate => candidate.Name == type)
            .GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!
            .Invoke(null, null)!;
        return 0;
    }
}
