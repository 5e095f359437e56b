namespace ConcurrencyNotebooks;

/// <summary>Where a path of questions ends: what to do in C#, and what one would do in Python.</summary>
/// <param name="Model">The model for C#.</param>
/// <param name="With">What to write it with in C#.</param>
/// <param name="PythonModel">The model for Python with its interpreter lock.</param>
/// <param name="PythonWith">What to write it with in Python.</param>
/// <param name="Because">The reason.</param>
public sealed record Recommendation(
    ConcurrencyModel Model, string With, ConcurrencyModel PythonModel, string PythonWith, string Because)
    : DecisionNode;
