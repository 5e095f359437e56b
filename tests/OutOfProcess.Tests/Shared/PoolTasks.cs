namespace OutOfProcess.Tests;

/// <summary>Work for pools under test: static methods with one argument, which any kind of worker can find and call.</summary>
public static class PoolTasks
{
    public static int Square(int number) => unchecked(number * number);

    public static int Fail(string message) => throw new InvalidOperationException(message);

    public static int FailAtThirteen(int number) =>
        number == 13 ? throw new InvalidOperationException("thirteen is unlucky") : number;

    /// <summary>Keeps its worker busy until the file is there, at most a minute; deletes it.</summary>
    public static bool WaitForFile(string path)
    {
        if (!SpinWait.SpinUntil(() => File.Exists(path), TimeSpan.FromMinutes(1)))
            throw new TimeoutException($"Nobody created {path}.");
        File.Delete(path);
        return true;
    }

    public static bool CreateFile(string path)
    {
        File.WriteAllText(path, "");
        return true;
    }
}
