using System.Diagnostics.CodeAnalysis;
using System.IO.Pipes;

namespace OutOfProcess;

/// <summary>
/// Frames on their way to a worker. They are added under the pool's gate and written outside of it: one thread writes at a
/// time and the others leave theirs to it, which also puts many small calls into one system call.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Its streams are memory, and the pipe is its process's.")]
internal sealed class Outbox(Lock gate, AnonymousPipeServerStream pipe)
{
    private readonly int _pipeCapacity =
        pipe.OutBufferSize == Protocol.PipeCapacity && OperatingSystem.IsLinux() ? Protocol.PipeCapacity : Protocol.Window;
    private MemoryStream _waiting = new();
    private MemoryStream _sending = new();
    private Frame? _large;
    private volatile bool _hasUnsent;
    private bool _isWriting;

    /// <summary>Adds a frame. A large one is the last until it has been written: its worker holds no other call. Under the gate.</summary>
    public void Add(Frame frame)
    {
        _hasUnsent = true;
        if (frame.Length <= Protocol.Window)
            frame.SendTo(_waiting);
        else
            _large = frame;
    }

    /// <summary>Writes the frames that were added. Without the gate.</summary>
    public void Flush()
    {
        if (!_hasUnsent)
            return;
        lock (gate)
        {
            if (_isWriting)
                return;
            _isWriting = true;
        }

        Write(mayBlock: false);
    }

    private void Write(bool mayBlock)
    {
        while (true)
        {
            Frame? large;
            lock (gate)
            {
                if (_large?.Length > _pipeCapacity / 2 && !mayBlock)
                {
                    // More than the pipe holds: this waits for the worker to read, which must not hold up a caller.
                    new Thread(() => Write(mayBlock: true)) { IsBackground = true, Name = "pool writer" }.UnsafeStart();
                    return;
                }

                (large, _large) = (_large, null);
                large?.Hold();
                (_waiting, _sending) = (_sending, _waiting);
                _isWriting = _hasUnsent = _sending.Length > 0 || large is not null;
                if (!_isWriting)
                    return;
            }

            try
            {
                pipe.Write(_sending.GetBuffer().AsSpan(0, (int)_sending.Length));
                large?.SendTo(pipe, lends: true);
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                // The worker is dead; the keeper learns that from the other pipe and sees to its calls.
            }

            _sending.SetLength(0);
            lock (gate)
                large?.Release();
        }
    }
}
