namespace OutOfProcess.Tests;

public sealed class PlainPipeTests : ProcessPoolTest
{
    [Fact]
    public void Bytes_of_any_length_are_taken_one_after_the_other()
    {
        using var pipe = new PlainPipe();

        foreach (var length in new[] { 0, 1, 64, 65_536, 3_000_000, 1 })
            pipe.Send(new byte[length]);

        Workers().Should().ContainSingle("the other process has taken all of them and waits for more");
    }

    [Fact]
    public void When_the_other_process_is_gone_sending_says_so()
    {
        using var pipe = new PlainPipe();
        pipe.Send([1]);

        Kill(Workers().Single());
        var send = () => pipe.Send(new byte[64]);

        send.Should().Throw<IOException>();
    }
}
