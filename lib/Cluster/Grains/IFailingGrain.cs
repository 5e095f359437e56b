namespace Cluster;

/// <summary>Fails in three ways.</summary>
/// <example>
/// <code>
/// try { await cluster.Client.GetGrain&lt;IFailingGrain&gt;(0).ThrowAsync("bad luck"); }
/// catch (InvalidOperationException failure) { Console.WriteLine(failure.Message); }
/// </code>
/// </example>
public interface IFailingGrain : IGrainWithIntegerKey
{
    /// <summary>Throws an <see cref="InvalidOperationException"/>.</summary>
    Task ThrowAsync(string message);

    /// <summary>Answers after half a minute, while the caller's patience ends after half a second.</summary>
    [ResponseTimeout("00:00:00.5")]
    Task AnswerTooLateAsync();

    /// <summary>Ends the process of its silo, as a crash does.</summary>
    Task CrashAsync();
}
