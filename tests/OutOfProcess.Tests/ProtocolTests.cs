using System.Diagnostics;
using System.IO.Pipes;

namespace OutOfProcess.Tests;

/// <summary>Garbage on the pipes, from either side.</summary>
public sealed class ProtocolTests : ProcessPoolTest
{
    [Theory]
    [InlineData("no frame at all, but text", "that are not a frame header")]
    [InlineData("C70105000000000001", "of a dead worker")]
    [InlineData("C702060000000000000000000000000000", "that are not a frame header")]
    [InlineData("C7016300000000000000000000000000", "that are not a frame header")]
    [InlineData("C70106000000004001000000000000000000", "1,073,741,824")]
    [InlineData("C70106000000000005000000000000000000", "bytes were wanted")]
    [InlineData("C7010600000000000F00000000000000", "call 15")]
    [InlineData("C7010300000000000100000000000000", "cannot send Call")]
    public async Task Garbage_from_a_worker_ends_that_worker_with_a_clear_error(string bytes, string complaint)
    {
        using var gate = new Gate();
        await using var pool = new ProcessPool(1);
        var isHex = bytes.All(char.IsAsciiHexDigit);
        var isTooLong = bytes.StartsWith("C701060000000040", StringComparison.Ordinal);
        byte[] garbage = !isHex ? System.Text.Encoding.ASCII.GetBytes(bytes)
            : isTooLong ? Header(FrameKind.Result, 1, Protocol.LongestBody + 1)
            : complaint == "bytes were wanted" ? [.. Header(FrameKind.Result, 1, 5), 1, 2, 3, 4, 5]
            : Convert.FromHexString(bytes[..(bytes.Length & ~1)]);
        var waiting = pool.RunAsync(RemoteWork.WriteToAnswers, garbage, garbage.Length < Protocol.HeaderLength);
        var next = pool.RunAsync(RemoteWork.Negate, 1);

        var awaiting = () => waiting.InTime();
        var error = (await awaiting.Should().ThrowAsync<WorkerDiedException>()).Which;

        if (complaint != "of a dead worker")
            error.Message.Should().Contain("was ended because of what it sent").And.Contain(isTooLong ? "1,073,741,825" : complaint);
        (await next.InTime()).Should().Be(-1);
    }

    [Fact]
    public async Task A_worker_that_dies_mid_frame_fails_its_call_only()
    {
        await using var pool = new ProcessPool(1);
        byte[] half = [.. Header(FrameKind.Result, 1, 1000), .. new byte[100]];
        var dying = pool.RunAsync(RemoteWork.WriteToAnswers, half, true);
        var next = pool.RunAsync(RemoteWork.Negate, 1);

        var awaiting = () => dying.InTime();

        await awaiting.Should().ThrowAsync<WorkerDiedException>();
        (await next.InTime()).Should().Be(-1);
    }

    [Fact]
    public async Task A_worker_that_closes_its_pipe_and_lives_is_ended()
    {
        using var gate = new Gate();
        await using var pool = new ProcessPool(1);

        var closing = () => pool.RunAsync(RemoteWork.CloseAnswers, gate.Path).InTime();

        await closing.Should().ThrowAsync<WorkerDiedException>();
        (await pool.RunAsync(RemoteWork.Negate, 1).InTime()).Should().Be(-1);
    }

    [Theory]
    [InlineData("no frame at all, but text", "that are not a frame header")]
    [InlineData("C7010300", "middle of a frame")]
    public async Task Garbage_to_a_worker_ends_it_with_a_clear_error(string bytes, string complaint)
    {
        using var memory = new ControlBlock();
        using var calls = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
        using var answers = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
        using var held = memory.Lend(out var loan);
        using var worker = Process.Start(WorkerProgram.StartInfo(
            new ProcessPoolOptions(),
            calls.GetClientHandleAsString(), answers.GetClientHandleAsString(), loan, $"{Environment.ProcessId}"))!;
        calls.DisposeLocalCopyOfClientHandle();
        answers.DisposeLocalCopyOfClientHandle();

        calls.Write(bytes.All(char.IsAsciiHexDigit) ? Convert.FromHexString(bytes) : System.Text.Encoding.ASCII.GetBytes(bytes));
        calls.Dispose();

        (await worker.StandardError.ReadToEndAsync().InTime()).Should().Contain("ends because of what its pool sent")
            .And.Contain(complaint);
        await worker.WaitForExitAsync().InTime();
        worker.ExitCode.Should().Be(Protocol.ExitOnGarbage);
    }

    [Fact]
    public async Task A_worker_started_by_hand_says_what_it_is()
    {
        using var worker = Process.Start(WorkerProgram.StartInfo(new ProcessPoolOptions()))!;

        (await worker.StandardError.ReadToEndAsync().InTime()).Should().Contain("started by a ProcessPool");

        await worker.WaitForExitAsync().InTime();
    }

    private static byte[] Header(FrameKind kind, long number, int length)
    {
        using var stream = new MemoryStream();
        new Frame(kind, number).SendTo(stream);
        var bytes = stream.ToArray();
        BitConverter.TryWriteBytes(bytes.AsSpan(4), length);
        return bytes;
    }
}
