using System.Collections;

namespace NotebookEngine;

/// <content>Sequences, dictionaries and groups: each enumerated once, and no further than is shown.</content>
internal sealed partial class ValueReader
{
    private FormattedNode? TryReadEnumerable(object value)
    {
        if (value is not IEnumerable items) return null;
        if (value is IDictionary dictionary)
            return ReadEntries(value, dictionary.Keys.Cast<object?>().Select(key => (key, dictionary[key!])));
        if (value is Array { Rank: 2 } matrix) return ReadAll(matrix, Rows(matrix), matrix.GetLength(0));

        var type = value.GetType();
        if (ElementType(type, typeof(IGrouping<,>)) is { } group)
        {
            return new ObjectNode(
                "Group",
                null,
                [("Key", ReadMember(value, group.GetProperty("Key")!.GetValue)), ("Items", ReadAll(value, items, CountOf(value)))],
                null);
        }

        return ElementType(type, typeof(IEnumerable<>))?.GetGenericArguments()[0] is { IsGenericType: true } element
            && element.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)
            ? ReadEntries(value, items.Cast<object>().Select(entry =>
                (element.GetProperty("Key")!.GetValue(entry), element.GetProperty("Value")!.GetValue(entry))))
            : ReadAll(value, items, CountOf(value));
    }

    private SequenceNode ReadAll(object sequence, IEnumerable items, int? count)
    {
        var nodes = new List<FormattedNode>();
        var more = Take(items.Cast<object?>(), count, item => nodes.Add(Read(item)), error => nodes.Add(error));
        return new SequenceNode(TypeNames.Of(sequence.GetType()), nodes, more);
    }

    private DictionaryNode ReadEntries(object dictionary, IEnumerable<(object? Key, object? Value)> entries)
    {
        var nodes = new List<(FormattedNode, FormattedNode)>();
        var more = Take(
            entries,
            CountOf(dictionary),
            entry => nodes.Add((Read(entry.Key), Read(entry.Value))),
            error => nodes.Add((error, new TextNode("", TextRole.Note))));
        return new DictionaryNode(TypeNames.Of(dictionary.GetType()), nodes, more);
    }

    /// <summary>Hands on the items that may be shown and says what is left, or null when that was all.</summary>
    private string? Take<T>(IEnumerable<T> items, int? count, Action<T> add, Action<TextNode> fail)
    {
        var shown = 0;
        try
        {
            foreach (var item in items)
            {
                if (_room <= 0) return SizeLimit;
                if (shown == limits.Items) return count > shown ? More(count.Value - shown) : "… (more)";
                add(item);
                shown++;
            }
        }
        catch (Exception exception)
        {
            fail(Failed(exception));
        }

        return null;
    }

    /// <summary>The number of items where the collection knows it; counting would enumerate a lazy sequence.</summary>
    private static int? CountOf(object value)
    {
        try
        {
            return value is ICollection collection ? collection.Count
                : (ElementType(value.GetType(), typeof(IReadOnlyCollection<>)) ?? ElementType(value.GetType(), typeof(ICollection<>)))
                    ?.GetProperty("Count")?.GetValue(value) as int?;
        }
        catch (Exception)
        {
            // A count that throws is one that is not known; the items are still worth showing.
            return null;
        }
    }

    private static Type? ElementType(Type type, Type definition) =>
        Array.Find(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == definition);

    private static IEnumerable<object?[]> Rows(Array matrix)
    {
        for (var row = matrix.GetLowerBound(0); row <= matrix.GetUpperBound(0); row++)
        {
            var cells = new object?[matrix.GetLength(1)];
            for (var i = 0; i < cells.Length; i++) cells[i] = matrix.GetValue(row, matrix.GetLowerBound(1) + i);
            yield return cells;
        }
    }
}
