using System.Runtime.InteropServices;

namespace OutOfProcess.Tests.Values;

public record Animal(string Name);

public sealed record Dog(string Name, int Age) : Animal(Name);

/// <summary>State that no property shows.</summary>
public sealed class Account(int start)
{
    private int _balance = start;

    public void Deposit(int amount) => _balance += amount;

    public int Balance() => _balance;
}

/// <summary>May refer to others, and to itself.</summary>
public sealed class Node
{
    public object? Value { get; set; }

    public Node? Next { get; set; }

    public List<Node> Others { get; } = [];
}

public enum Colour : byte
{
    Red,
    Green = 200,
}

[StructLayout(LayoutKind.Sequential)]
public readonly record struct Point(double X, double Y);

public readonly record struct Named(string Name, Point At);

public sealed class LastLetterComparer : IEqualityComparer<string>
{
    public bool Equals(string? x, string? y) => x?[^1] == y?[^1];

    public int GetHashCode(string obj) => obj[^1];

    public override bool Equals(object? obj) => obj is LastLetterComparer;

    public override int GetHashCode() => 1;
}

/// <summary>Equal, and hashed, by its words.</summary>
public sealed record Sentence(List<string> Words)
{
    public bool Equals(Sentence? other) => other is not null && other.Words.SequenceEqual(Words);

    public override int GetHashCode() => Words.Sum(word => word.Length);
}

public sealed record Text(List<string> Words, HashSet<Sentence> Sentences);

public sealed class Phonebook : Dictionary<string, string>;

public sealed class Finalized
{
    private readonly int _handle = 3;

    ~Finalized() => GC.KeepAlive(_handle);
}

public sealed class TaskWithHandler
{
    public Action? Handler { get; set; }
}

/// <summary>What a worker does with values.</summary>
public static class ValueWork
{
    public static object? Echo(object? value) => value;

    public static Animal EchoAnimal(Animal value) => value;

    public static string Text(System.Text.StringBuilder value) => value.ToString();

    public static string KindOf(Dictionary<string, object> values, string key) => values[key].GetType().Name;

    public static int DepositInto(Account account) => Deposited(account).Balance();

    public static Account Deposited(Account account)
    {
        account.Deposit(10);
        return account;
    }

    public static Node Circle(Node node) => node.Next!.Next!;

    public static bool AreSame(Animal[] animals) => ReferenceEquals(animals[0], animals[1]);

    public static bool Knows(Dictionary<string, int> ages, string name) => ages.ContainsKey(name);

    public static IEnumerable<int> Lazily(int count)
    {
        for (var i = 0; i < count; i++)
            yield return i;
    }

    public static IEnumerable<int> Query(int count) => Enumerable.Range(0, count).Where(number => number > 1);

    public static object MakeStream() => new MemoryStream();

    public static Exception MakeException() => new InvalidOperationException("as a value");

    public static bool FindsIn(Text text) => text.Sentences.Contains(new Sentence(text.Words));
}
