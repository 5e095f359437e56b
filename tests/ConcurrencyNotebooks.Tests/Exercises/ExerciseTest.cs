namespace ConcurrencyNotebooks.Tests.Exercises;

/// <summary>Checks solutions as a notebook does: nothing else runs, since some look at the threads of the built-in pool.</summary>
[CollectionDefinition(nameof(ExerciseTest), DisableParallelization = true)]
public abstract class ExerciseTest
{
    /// <summary>Seconds that only a solution without an end would need; such a one is given two.</summary>
    private const int Ample = 20;

    protected static async Task AcceptsAsync(string id, Delegate solution)
    {
        var result = await Exercise.CheckAsync(id, solution);

        result.ToString().Should().StartWith($"✔ Exercise {id}: ");
        result.IsSolved.Should().BeTrue();
        result.Claim!.Verdict.Should().Be(Verdict.Holds);
    }

    protected static async Task RejectsAsync(string id, string sentence, Delegate solution, int limitSeconds = Ample, int tries = 1)
    {
        var result = await CheckWithoutPatienceAsync(id, solution, limitSeconds);
        for (var again = 1; again < tries && result.IsSolved; again++)
            result = await CheckWithoutPatienceAsync(id, solution, limitSeconds);

        result.ToString().Should().StartWith($"✘ Exercise {id}: ").And.Contain(sentence);
        result.IsSolved.Should().BeFalse();
        result.Claim!.Verdict.Should().Be(Verdict.Fails);
    }

    /// <summary>The fault that the exercise asks to find says what it does, and is no claim.</summary>
    protected static async Task LeavesOpenAsync(string id, string sentence, Delegate stub)
    {
        var result = await CheckWithoutPatienceAsync(id, stub, Ample);

        result.ToString().Should().StartWith($"… Exercise {id}: not solved yet.").And.Contain(sentence);
        result.IsSolved.Should().BeFalse();
        result.Claim.Should().BeNull();
    }

    // Wrong solutions alone make a check wait, for calls that never meet, or for an end that never comes.
    private static Task<ExerciseResult> CheckWithoutPatienceAsync(string id, Delegate solution, int limitSeconds) =>
        Exercise.CheckAsync(id, solution, limit: TimeSpan.FromSeconds(limitSeconds), patience: TimeSpan.FromSeconds(0.5));
}
