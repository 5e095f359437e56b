namespace ConcurrencyNotebooks;

/// <summary>The end of a path of questions: the model for C#, and the one for Python.</summary>
/// <param name="Model">The model for C#.</param>
/// <param name="With">The type or method to write it with in C#.</param>
/// <param name="PythonModel">The model for Python with its interpreter lock.</param>
/// <param name="PythonWith">The type or function to write it with in Python.</param>
/// <param name="Because">The reason.</param>
/// <example>
/// <code>
/// Recommendation recommended = Choose.For(new Workload("Count primes", WorkloadKind.CpuBound)).Recommendation;
/// Console.WriteLine($"{recommended.Model}, with {recommended.With}: {recommended.Because}");
/// </code>
/// </example>
public sealed record Recommendation(
    ConcurrencyModel Model, string With, ConcurrencyModel PythonModel, string PythonWith, string Because)
    : DecisionNode;
