using System.Text.Json;

namespace Workshop.Lessons;

/// <summary>Finds the line of a notebook's file that holds a line of a cell, so that an editor can go there.</summary>
internal sealed class SourceLines
{
    // For each cell, for each line of its source: the line in the file.
    private readonly List<List<int>> _cells = [];

    /// <summary>Reads the positions in a notebook.</summary>
    /// <param name="json">The file's content in UTF-8, without a byte order mark.</param>
    /// <exception cref="JsonException">It is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A string holds half of a surrogate pair.</exception>
    public SourceLines(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = NotebookJson.MaxDepth });
        int fileLine = 1, counted = 0;
        string? member = null, outer = null;
        while (reader.Read())
        {
            fileLine += json[counted..(int)reader.TokenStartIndex].Count((byte)'\n');
            counted = (int)reader.TokenStartIndex;

            // Every text with an escape is decoded: JsonNode would find out about half a character only where it is looked at.
            var text = reader.ValueIsEscaped || reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 or 3 } ? reader.GetString() : null;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    if (reader.CurrentDepth == 1) outer = text;
                    if (reader.CurrentDepth == 3) member = text;
                    break;
                case JsonTokenType.StartObject when outer == "cells" && reader.CurrentDepth == 2:
                    _cells.Add([]);
                    break;
                // A member of a cell: one string, or an array of them one level deeper.
                case JsonTokenType.String when outer == "cells" && member == "source" && _cells.Count > 0 && reader.CurrentDepth is 3 or 4:
                    Add(_cells[^1], text ?? reader.GetString()!, fileLine);
                    break;
            }
        }
    }

    /// <summary>The line in the file, from 1, of a line of a cell's source, from 1; null when there is none.</summary>
    /// <param name="cell">The cell's index in the notebook, from 0.</param>
    /// <param name="line">The line in the cell.</param>
    public int? Find(int cell, int line) =>
        cell < _cells.Count && line >= 1 && line <= _cells[cell].Count ? _cells[cell][line - 1] : null;

    private static void Add(List<int> lines, string piece, int fileLine)
    {
        var count = piece.Count(c => c == '\n') + (piece.EndsWith('\n') || piece.Length == 0 ? 0 : 1);
        for (var i = 0; i < count; i++) lines.Add(fileLine);
    }
}
