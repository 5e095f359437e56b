using System.Collections;
using System.Reflection;
using System.Text;

namespace OutOfProcess.Tests.Values;

/// <summary>Compares a value with what came back of it: types, private fields, bits of numbers, and who refers to whom.</summary>
internal sealed class Faithful
{
    private const BindingFlags OwnFields =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly Dictionary<object, object> _copies = new(ReferenceEqualityComparer.Instance);

    /// <summary>Null when the copy is faithful, else where it differs.</summary>
    public static string? Difference(object? original, object? copy) => new Faithful().Differs(original, copy, "value");

    private string? Differs(object? one, object? other, string path)
    {
        if (one is null || other is null)
            return one is null && other is null ? null : $"{path}: {one ?? "null"} and {other ?? "null"}";
        var type = one.GetType();
        if (type != other.GetType())
            return $"{path}: {type} and {other.GetType()}";
        if (!type.IsValueType && one is not string)
        {
            if (_copies.TryGetValue(one, out var before))
                return ReferenceEquals(before, other) ? null : $"{path}: not the same object as before";
            _copies.Add(one, other);
        }

        return one switch
        {
            double number => Unless(BitConverter.DoubleToInt64Bits(number) == BitConverter.DoubleToInt64Bits((double)other)),
            float number => Unless(BitConverter.SingleToInt32Bits(number) == BitConverter.SingleToInt32Bits((float)other)),
            decimal number => Unless(decimal.GetBits(number).SequenceEqual(decimal.GetBits((decimal)other))),
            DateTime time => Unless(time == (DateTime)other && time.Kind == ((DateTime)other).Kind),
            DateTimeOffset time => Unless(time.EqualsExact((DateTimeOffset)other)),
            string text => Unless(string.Equals(text, (string)other, StringComparison.Ordinal)),
            StringBuilder or Uri or StringComparer =>
                Unless(one.Equals(other) || (one is StringBuilder text && text.Equals((StringBuilder)other))),
            Pointer => null,
            _ when type.IsPrimitive || type.IsEnum => Unless(one.Equals(other)),
            Array array => DiffersInItems(array, (Array)other, path),
            IEnumerable items when type.Namespace!.StartsWith("System.Collections", StringComparison.Ordinal)
                && type.GetProperty("Length") is null =>
                DiffersInComparer(type, one, other, path) ?? DiffersInItems(items, (IEnumerable)other, path),
            _ => DiffersInFields(type, one, other, path),
        };

        string? Unless(bool same) => same ? null : $"{path}: {one} and {other}";
    }

    private string? DiffersInItems(IEnumerable one, IEnumerable other, string path)
    {
        if (one is Array array && !Enumerable.Range(0, array.Rank).All(each => array.GetLength(each) == ((Array)other).GetLength(each)))
            return $"{path}: other lengths";
        List<object?> left = [.. one.Cast<object?>()], right = [.. other.Cast<object?>()];
        return left.Count != right.Count
            ? $"{path}: {left.Count} and {right.Count} items"
            : left.Select((item, index) => Differs(item, right[index], $"{path}[{index}]"))
                .FirstOrDefault(difference => difference is not null);
    }

    private string? DiffersInComparer(Type type, object one, object other, string path) =>
        type.GetProperty("Comparer") is { } comparer && !Equals(comparer.GetValue(one), comparer.GetValue(other))
            ? Differs(comparer.GetValue(one), comparer.GetValue(other), $"{path}.Comparer")
            : null;

    private string? DiffersInFields(Type type, object one, object other, string path)
    {
        for (var each = type; each is not null && each != typeof(object); each = each.BaseType)
        {
            foreach (var field in each.GetFields(OwnFields))
            {
                if (Differs(field.GetValue(one), field.GetValue(other), $"{path}.{field.Name}") is { } difference)
                    return difference;
            }
        }

        return null;
    }
}
