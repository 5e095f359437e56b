using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OutOfProcess.Tests;

/// <summary>What the pools under test run in their workers: good work, and every way to die.</summary>
public static class RemoteWork
{
    private static int _counter;

    public static int Negate(int number) => -number;

    public static int Zero() => 0;

    public static int Sum(int first, int second) => first + second;

    public static string Join(string first, string second, string third) => first + second + third;

    public static long SumOfSquares(long terms)
    {
        var sum = 0L;
        for (var i = 0L; i < terms; i++)
            sum += i * i;
        return sum;
    }

    public static T Generic<T>(T value) => value;

    public static async Task<int> NegateLater(int number)
    {
        await Task.Yield();
        return -number;
    }

    public static async ValueTask<int> NegateByValueTask(int number) => await NegateLater(number);

    public static async Task AppendLater(string path, string text)
    {
        await Task.Yield();
        File.AppendAllText(path, text);
    }

    public static void Append(string path, string text) => File.AppendAllText(path, text);

    public static int ProcessId() => Environment.ProcessId;

    public static int Increment() => ++_counter;

    public static void SetCounter() => _counter = 1000;

    public static string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    public static bool IsAddedByAnother() => AppDomain.CurrentDomain.GetAssemblies()
        .Any(assembly => assembly.GetName().Name == "FluentAssertions");

    public static bool UseDependency() => new FluentAssertions.Execution.AssertionScope() is not null;

    // ── values ──

    public static IReadOnlyList<int> ArrayAsList(int length) => Enumerable.Range(0, length).ToArray();

    public static IEnumerable<string> ArrayAsSequence(int length) => ArrayAsList(length).Select(number => $"{number}").ToArray();

    public static object ArrayAsObject(int length) => ArrayAsList(length);

    public static byte[] EchoBytes(byte[] value) => value;

    public static int Checksum(byte[] value) => value.Aggregate(17, (sum, next) => unchecked((sum * 31) + next));

    public static int ChecksumOnce(byte[] value, string path)
    {
        if (!File.Exists(path))
        {
            File.WriteAllText(path, "");
            Environment.FailFast("the first time");
        }

        return Checksum(value);
    }

    public static Memory<byte> EchoMemory(Memory<byte> value) => value;

    public static double[] EchoDoubles(double[] value) => value;

    public static string[] EchoStrings(string[] value) => value;

    public static string EchoText(string value) => value;

    public static Order EchoOrder(Order value) => value;

    public static (int From, int To) EchoPair((int From, int To) value) => value;

    public static decimal? EchoNullable(decimal? value) => value;

    public static int TakeHandle(Stream value) => value is null ? 0 : 1;

    public static int TakeObject(object value) => value is null ? 0 : 1;

    public static int TakeFunction(Func<int> value) => value();

    public static Stream MakeHandle() => new MemoryStream();

    // ── gates: files, which work between processes ──

    /// <summary>Tells that it has begun by creating "path.began", and waits for "path.open".</summary>
    public static int WaitAtGate(string path, int result)
    {
        File.WriteAllText(path + ".began", "");
        Await(path);
        return result;
    }

    public static int WaitAtGateUnderToken(string path, CancellationToken token)
    {
        File.WriteAllText(path + ".began", "");
        token.WaitHandle.WaitOne(TimeSpan.FromMinutes(1));
        token.ThrowIfCancellationRequested();
        return 0;
    }

    public static int NegateUnderToken(int number, CancellationToken token) => token.IsCancellationRequested ? 0 : -number;

    public static int IgnoreToken(string path, CancellationToken token)
    {
        _ = token;
        return WaitAtGate(path, 0);
    }

    public static int SpinForEver(string path)
    {
        File.WriteAllText(path + ".began", "");
        while (true)
            _counter++;
    }

    // ── failures ──

    public static int Throw(string message) => throw new InvalidOperationException(message);

    public static int ThrowDeep(string message) => Inner(message);

    public static async Task<int> ThrowLater(string message)
    {
        await Task.Yield();
        throw new ArgumentOutOfRangeException(message);
    }

    public static int ThrowMute(string member) => throw new MuteException(member);

    /// <summary>A pool inside of a worker.</summary>
    public static async Task<int> NegateInPoolOfItsOwn(int number)
    {
        await using var pool = new ProcessPool(1);
        return await pool.RunAsync(Negate, number);
    }

    public static int NegateUnlessThirteen(int number) => number == 13 ? throw new InvalidOperationException("thirteen") : -number;

    public static int KillSelf(int number)
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
        return number;
    }

    public static int FailFast(string message)
    {
        Environment.FailFast(message);
        return 0;
    }

    public static int ExitWith(int code)
    {
        Environment.Exit(code);
        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int OverflowStack(int depth) => OverflowStack(depth + 1) + depth;

    public static int RunOutOfMemory(int megabytes)
    {
        var hoard = new List<byte[]>();
        while (true)
        {
            hoard.Add(new byte[megabytes << 20]);
            Array.Fill(hoard[^1], (byte)1);
        }
    }

    /// <summary>Dies on its first run, which leaves a file behind, and succeeds on its second.</summary>
    public static int DieOnce(string path)
    {
        if (!File.Exists(path))
        {
            File.WriteAllText(path, "");
            KillSelf(0);
        }

        return 42;
    }

    /// <summary>Writes its own bytes into the pipe of the answers, then waits to be ended.</summary>
    public static int WriteToAnswers(byte[] bytes, bool thenDie)
    {
        using (var answers = new FileStream(new SafeFileHandle(AnswersHandle(), ownsHandle: false), FileAccess.Write, 0))
            answers.Write(bytes);
        if (thenDie)
            KillSelf(0);
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    /// <summary>Closes the pipe of the answers and lives on.</summary>
    public static int CloseAnswers(string path)
    {
        new SafeFileHandle(AnswersHandle(), ownsHandle: true).Dispose();
        return WaitAtGate(path, 0);
    }

    // ── output ──

    public static int Print(string output, string error)
    {
        Console.WriteLine(output);
        Console.Error.WriteLine(error);
        return 1;
    }

    public static int Flood(int lines)
    {
        for (var i = 0; i < lines; i++)
            Console.WriteLine(new string('x', 1000));
        return lines;
    }

    public static int FloodWithoutLines(int characters)
    {
        Console.Write(new string('y', characters));
        return characters;
    }

    public static int PrintFrames(byte[] frames)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(frames);
        return 1;
    }

    public static int CloseOutput(int number)
    {
        new SafeFileHandle(1, ownsHandle: true).Dispose();
        new SafeFileHandle(2, ownsHandle: true).Dispose();
        return -number;
    }

    /// <summary>Starts a child that inherits everything and outlives the worker; returns its process id.</summary>
    public static int StartChildAndDie(string command, string path)
    {
        using var child = Process.Start(new ProcessStartInfo("timeout", ["60", .. command.Split(' ')]) { UseShellExecute = false })!;
        File.WriteAllText(path, $"{child.Id}");
        return KillSelf(0);
    }

    private static nint AnswersHandle() =>
        nint.Parse(Environment.GetCommandLineArgs()[2], System.Globalization.CultureInfo.InvariantCulture);

    private static int Inner(string message) => throw new InvalidOperationException("outer", new FormatException(message));

    private static void Await(string path)
    {
        if (!SpinWait.SpinUntil(() => File.Exists(path + ".open"), TimeSpan.FromMinutes(1)))
            throw new TimeoutException($"Nobody opened {path}.");
    }
}

/// <summary>An exception that throws when it is asked what happened.</summary>
public sealed class MuteException(string member) : Exception
{
    public override string Message => Say(nameof(Message), "what happened");

    public override string? StackTrace => Say(nameof(StackTrace), base.StackTrace);

    public override string ToString() => Say(nameof(ToString), base.ToString());

    private string Say(string asked, string? text) => asked == member ? throw new InvalidOperationException($"no {asked}") : text ?? "";
}

public sealed record Order(int Number, string? Customer, double[] Prices, Dictionary<string, int> Parts, DayOfWeek Day, Order? Previous);

public static partial class Initializers
{
    /// <summary>The variable that names the file of <see cref="BeInterruptedEightTimes"/>.</summary>
    public const string Starts = "STARTS";

    public static void Good() => RemoteWork.SetCounter();

    public static void Bad() => throw new InvalidOperationException("there is no database");

    public static void Hang() => Thread.Sleep(Timeout.Infinite);

    public static void Exit() => Environment.Exit(7);

    public static void MakePool() => _ = PoolInField.Pool;

    /// <summary>The classic: each worker that touches this class makes the next pool.</summary>
    private static class PoolInField
    {
        public static readonly ProcessPool Pool = new(new ProcessPoolOptions { Workers = 1, Initializer = MakePool });
    }

    /// <summary>Ends as Ctrl+C ends a worker that does not take signals yet.</summary>
    public static void BeInterruptedEightTimes()
    {
        var file = Environment.GetEnvironmentVariable(Starts)!;
        File.AppendAllText(file, ".");
        if (new FileInfo(file).Length > 8)
            return;
        SetHandler(2, 0);
        _ = Raise(2);
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);

    [LibraryImport("libc", EntryPoint = "raise")]
    private static partial int Raise(int signal);

    public static void Garbage() => RemoteWork.WriteToAnswers(new byte[64], thenDie: false);
}
