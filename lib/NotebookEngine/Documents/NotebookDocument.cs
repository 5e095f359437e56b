using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookEngine;

/// <summary>
/// A notebook in the Jupyter format, nbformat 4. It keeps the text that it was read from: what did not change is saved
/// byte for byte, what did is spelt in the file's own style, and what this engine does not understand survives.
/// A changed notebook is saved as nbformat 4.5, an unchanged one as it was. Not thread-safe.
/// </summary>
public sealed partial class NotebookDocument
{
    private const int WrittenMinor = 5;

    private readonly JsonSyntax _root;
    private readonly List<NotebookCell> _originalCells;
    private readonly List<NotebookCell> _cells;
    private JsonObject? _metadata;

    private NotebookDocument(JsonSyntax root, int formatMinor, List<NotebookCell> cells, string? path)
    {
        _root = root;
        _originalCells = cells;
        _cells = [.. cells];
        FormatMinor = formatMinor;
        Path = path;
    }

    /// <summary>The file that the notebook came from, or null.</summary>
    public string? Path { get; }

    /// <summary>The minor version of nbformat 4 that the file has; saving a change makes it at least 5.</summary>
    public int FormatMinor { get; }

    /// <summary>The cells, in order.</summary>
    public IReadOnlyList<NotebookCell> Cells => _cells;

    /// <summary>The notebook's metadata, which may be changed.</summary>
    public JsonObject Metadata => _metadata ??= _root["metadata"]?.ToNode() as JsonObject ?? [];

    /// <summary>Whether saving would write anything else than what was read.</summary>
    public bool IsChanged =>
        !_cells.SequenceEqual(_originalCells) || _cells.Exists(cell => cell.IsChanged) || IsMetadataChanged;

    private bool IsMetadataChanged =>
        _metadata is not null
        && !(_root["metadata"] is { Kind: JsonValueKind.Object } original ? original.Says(_metadata) : _metadata.Count == 0);

    /// <summary>An empty C# notebook that every front end understands.</summary>
    public static NotebookDocument Create() => Parse(
        """
        {
         "cells": [],
         "metadata": {
          "kernelspec": {
           "display_name": ".NET (C#)",
           "language": "C#",
           "name": ".net-csharp"
          },
          "language_info": {
           "name": "polyglot-notebook"
          }
         },
         "nbformat": 4,
         "nbformat_minor": 5
        }

        """.ReplaceLineEndings("\n"),
        path: null);

    /// <summary>Reads a notebook, nbformat 4.0 or later, from its text.</summary>
    /// <param name="json">The text, with or without a byte order mark.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="NotebookFormatException">The text is not such a notebook; the message says where and what to do.</exception>
    public static NotebookDocument Parse(string json, string? path = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return NotebookReader.Read(json, path, (root, minor, cells) => new NotebookDocument(root, minor, cells, path));
    }

    /// <summary>Adds a cell at a position, or at the end. A cell without an id gets one.</summary>
    public void Insert(NotebookCell cell, int? index = null)
    {
        ArgumentNullException.ThrowIfNull(cell);
        var taken = _cells.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        if (cell.Id.Length == 0) cell.Id = CellIds.Next(cell.Kind, cell.Source, index ?? _cells.Count, taken);
        else if (taken.Contains(cell.Id)) throw new ArgumentException($"The notebook has a cell '{cell.Id}' already.", nameof(cell));
        _cells.Insert(index ?? _cells.Count, cell);
    }

    /// <summary>Takes a cell out; false when it was not in.</summary>
    public bool Remove(NotebookCell cell) => _cells.Remove(cell);

    /// <summary>The notebook as JSON: the very text that was read, as long as nothing changed.</summary>
    public string ToJson()
    {
        if (!IsChanged) return _root.Text;

        var style = JsonStyle.Of(_root);
        var splice = new JsonSplice(style);
        var changes = new SortedDictionary<string, JsonSplice.Rewrite>(StringComparer.Ordinal)
        {
            ["cells"] = (original, indent) => CellsToJson(original!, splice, style, indent),
        };
        if (IsMetadataChanged || _root["metadata"] is null)
            changes["metadata"] = (original, indent) => splice.Merge(original, Metadata, indent);
        if (FormatMinor < WrittenMinor || _root["nbformat_minor"] is null)
            changes["nbformat_minor"] = (_, _) => Math.Max(FormatMinor, WrittenMinor).ToString(CultureInfo.InvariantCulture);

        var text = _root.Text;
        return string.Concat(text.AsSpan(0, _root.Start), splice.Update(_root, changes, indent: ""), text.AsSpan(_root.End));
    }

    private string CellsToJson(JsonSyntax original, JsonSplice splice, JsonStyle style, string indent) => splice.Rearrange(
        original,
        _cells.Select(cell =>
        {
            var index = _originalCells.IndexOf(cell);
            return (index < 0 ? (int?)null : index, (JsonSplice.Rewrite)((_, inner) => cell.ToJson(splice, style, inner)));
        }),
        indent);
}
