namespace ConcurrencyNotebooks;

/// <summary>A node of a <see cref="DecisionTree"/>: a <see cref="Question"/> or a <see cref="Recommendation"/>.</summary>
/// <param name="Id">Its name in a drawing as text.</param>
public abstract record DecisionNode(string Id);
