using System.Text.Json.Serialization;

namespace ConcurrencyNotebooks;

/// <summary>A vertical line that marks a number on the horizontal axis, such as the cores of the machine.</summary>
/// <param name="At">The number.</param>
/// <param name="Text">What the line says.</param>
public sealed record ChartMark([property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double At, string Text);
