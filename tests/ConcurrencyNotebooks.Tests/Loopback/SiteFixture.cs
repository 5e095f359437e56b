namespace ConcurrencyNotebooks.Tests;

/// <summary>One site for the tests that only ask it something. It fails if the site outlives it.</summary>
public sealed class SiteFixture : IAsyncLifetime
{
    private LoopbackSite? _site;

    public LoopbackSite Site => _site!;

    public async ValueTask InitializeAsync() => _site = await LoopbackSite.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await Site.DisposeAsync();
        await OtherProcess.WaitUntilGoneAsync(Site.ProcessId, TimeSpan.FromSeconds(20));
    }
}

internal static class SiteGates
{
    /// <summary>Waits until exactly so many requests are in flight; the test fails when that does not come.</summary>
    public static async Task<InFlight> UntilInFlightAsync(this LoopbackSite site, int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var inFlight = await site.InFlightAsync(cancellationToken: limit.Token);
            if (inFlight.Current == count) return inFlight;
        }
    }
}
