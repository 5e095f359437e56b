using System.Diagnostics;
using System.IO.Pipes;
using System.Text;

namespace OutOfProcess;

/// <summary>Turns the text that a worker writes to its standard output and error, in UTF-8, into lines.</summary>
/// <param name="process">The worker.</param>
/// <param name="emit">Gets each line, and whether it came over standard error.</param>
internal sealed class OutputLines(Process process, Action<string, bool> emit)
{
    private const int LongestLine = 4096;
    private const int RememberedLines = 10;
    private const int RememberedLength = 300;

    private readonly Source _output = new(process.StandardOutput.BaseStream);
    private readonly Source _error = new(process.StandardError.BaseStream);
    private readonly Queue<string> _lastErrorLines = new();
    private readonly byte[] _bytes = new byte[64 * 1024];

    public IReadOnlyList<string> LastErrorLines => [.. _lastErrorLines];

    /// <summary>What to wait for; -1 for a stream that the worker has closed.</summary>
    public (nint Output, nint Error) Handles => (_output.Handle, _error.Handle);

    /// <summary>Reads what is there of each stream that is ready: at most a buffer full, so that a flood cannot hold up results.</summary>
    public void Read(bool output, bool error)
    {
        if (output)
            Read(_output, isError: false);
        if (error)
            Read(_error, isError: true);
    }

    /// <summary>
    /// Reads the rest that a dead worker has left behind, and does not wait for other processes that may hold its streams.
    /// </summary>
    public void ReadRest()
    {
        Span<bool> ready = stackalloc bool[2];
        while (Handles != (-1, -1) && PipePoll.Wait([Handles.Output, Handles.Error], ready, 0))
            Read(ready[0], ready[1]);
        End(_output, isError: false);
        End(_error, isError: true);
        _output.Stream.Dispose();
        _error.Stream.Dispose();
    }

    private void Read(Source source, bool isError)
    {
        var count = source.Stream.Read(_bytes);
        if (count == 0)
        {
            source.IsClosed = true;
            End(source, isError);
            return;
        }

        var letters = new char[source.Decoder.GetCharCount(_bytes, 0, count, flush: false)];
        source.Decoder.GetChars(_bytes, 0, count, letters, 0);
        foreach (var letter in letters)
        {
            // A pair of surrogates is one character, and stays in one part.
            var room = LongestLine - source.Line.Length - (char.IsHighSurrogate(letter) ? 1 : 0);
            if (letter == '\n' || room <= 0)
                EmitLine(source, isError);
            if (letter != '\n')
                source.Line.Append(letter);
        }
    }

    private void End(Source source, bool isError)
    {
        if (source.Line.Length > 0)
            EmitLine(source, isError);
    }

    private void EmitLine(Source source, bool isError)
    {
        var line = source.Line.ToString().TrimEnd('\r');
        source.Line.Clear();
        if (isError && !RemoteFailure.IsMachinery(line))
        {
            _lastErrorLines.Enqueue(Text.Shorten(line, RememberedLength));
            if (_lastErrorLines.Count > RememberedLines)
                _lastErrorLines.Dequeue();
        }

        emit(line, isError);
    }

    private sealed class Source(Stream stream)
    {
        public Stream Stream { get; } = stream;

        public Decoder Decoder { get; } = Encoding.UTF8.GetDecoder();

        public StringBuilder Line { get; } = new();

        public bool IsClosed { get; set; }

        public nint Handle => IsClosed ? -1
            : Stream is PipeStream pipe ? pipe.SafePipeHandle.DangerousGetHandle()
            : ((FileStream)Stream).SafeFileHandle.DangerousGetHandle();
    }
}
