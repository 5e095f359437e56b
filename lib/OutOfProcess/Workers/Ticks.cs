namespace OutOfProcess;

/// <summary>What a keeper does several times a second, whatever its worker does.</summary>
internal sealed class Ticks(int milliseconds, Action run)
{
    private long _last;

    public int Milliseconds => milliseconds;

    public void RunIfDue()
    {
        if (Environment.TickCount64 - _last < milliseconds)
            return;
        _last = Environment.TickCount64;
        run();
    }
}
