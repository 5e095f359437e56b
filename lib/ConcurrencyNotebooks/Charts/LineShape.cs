namespace ConcurrencyNotebooks;

/// <summary>How the points of a <see cref="ChartLine"/> are joined.</summary>
public enum LineShape
{
    /// <summary>By straight lines.</summary>
    Straight,

    /// <summary>By steps: a value lasts until the next one, as a number of threads does.</summary>
    Steps,

    /// <summary>Not at all: each point is a measurement of its own.</summary>
    Dots,
}
