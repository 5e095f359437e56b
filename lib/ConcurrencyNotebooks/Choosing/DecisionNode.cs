namespace ConcurrencyNotebooks;

/// <summary>A node of a <see cref="DecisionTree"/>: a <see cref="Question"/> or a <see cref="Recommendation"/>.</summary>
public abstract record DecisionNode;
