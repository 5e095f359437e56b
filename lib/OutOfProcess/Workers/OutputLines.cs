using System.IO.Pipes;
using System.Text;

namespace OutOfProcess;

/// <summary>Turns what a worker writes to one of its standard streams, in UTF-8, into lines.</summary>
internal sealed class OutputLines(Stream stream, Action<string> emit)
{
    private const int LongestLine = 4096;

    // What a pipe holds on Linux: one read empties it.
    private const int Capacity = 64 * 1024;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _line = new();
    private readonly byte[] _bytes = new byte[Capacity];
    private readonly char[] _letters = new char[Encoding.UTF8.GetMaxCharCount(Capacity)];
    private bool _isClosed;

    /// <summary>What to wait for; -1 when the worker has closed the stream.</summary>
    public nint Handle => _isClosed ? -1
        : stream is PipeStream pipe ? pipe.SafePipeHandle.DangerousGetHandle()
        : ((FileStream)stream).SafeFileHandle.DangerousGetHandle();

    /// <summary>Reads what is there: a pipe full, and no more, so that a flood cannot hold up results.</summary>
    public void Read()
    {
        var count = stream.Read(_bytes);
        if (count == 0)
            End();
        foreach (var letter in _letters.AsSpan(0, _decoder.GetChars(_bytes, 0, count, _letters, 0)))
        {
            // A pair of surrogates is one character, and stays in one part.
            var room = LongestLine - _line.Length - (char.IsHighSurrogate(letter) ? 1 : 0);
            if (letter == '\n' || room <= 0)
                EmitLine();
            if (letter != '\n')
                _line.Append(letter);
        }
    }

    /// <summary>Reads nothing more; a line without its end is one as well.</summary>
    public void End()
    {
        if (_line.Length > 0)
            EmitLine();
        stream.Dispose();
        _isClosed = true;
    }

    private void EmitLine()
    {
        var line = _line.ToString().TrimEnd('\r');
        _line.Clear();
        emit(line);
    }
}
