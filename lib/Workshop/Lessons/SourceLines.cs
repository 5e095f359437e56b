using System.Text;
using System.Text.Json;

namespace Workshop.Lessons;

/// <summary>Finds the line of a notebook's file that holds a line of a cell, so that an editor can go there.</summary>
internal sealed class SourceLines
{
    // For each cell, for each line of its source: the line in the file.
    private readonly List<List<int>> _cells = [];

    private SourceLines()
    {
    }

    /// <summary>Reads the positions; a file that is no notebook has none.</summary>
    public static SourceLines Of(string path)
    {
        var lines = new SourceLines();
        try
        {
            lines.Read(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            lines._cells.Clear(); // Whoever loads the notebook reports that better; a position is a convenience.
        }

        return lines;
    }

    /// <summary>The line in the file, from 1, of a line of a cell's source, from 1; null when there is none.</summary>
    /// <param name="cell">The cell's index in the notebook, from 0.</param>
    /// <param name="line">The line in the cell.</param>
    public int? Find(int cell, int line) =>
        cell < _cells.Count && line >= 1 && line <= _cells[cell].Count ? _cells[cell][line - 1] : null;

    private void Read(ReadOnlySpan<byte> json)
    {
        json = json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 512 });
        int fileLine = 1, counted = 0;
        string? member = null, outer = null;
        while (reader.Read())
        {
            fileLine += json[counted..(int)reader.TokenStartIndex].Count((byte)'\n');
            counted = (int)reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    if (reader.CurrentDepth == 1) outer = reader.GetString();
                    if (reader.CurrentDepth == 3) member = reader.GetString();
                    break;
                case JsonTokenType.StartObject when outer == "cells" && reader.CurrentDepth == 2:
                    _cells.Add([]);
                    break;
                // A member of a cell: one string, or an array of them one level deeper.
                case JsonTokenType.String when outer == "cells" && member == "source" && _cells.Count > 0 && reader.CurrentDepth is 3 or 4:
                    Add(_cells[^1], reader.GetString()!, fileLine);
                    break;
            }
        }
    }

    private static void Add(List<int> lines, string piece, int fileLine)
    {
        var count = piece.Count(c => c == '\n') + (piece.EndsWith('\n') || piece.Length == 0 ? 0 : 1);
        for (var i = 0; i < count; i++) lines.Add(fileLine);
    }
}
