using System.Diagnostics;
using System.Globalization;

namespace ConcurrencyNotebooks.Tests;

public sealed class LoopbackSiteEndTests
{
    // The site promises two seconds; what comes on top is a busy machine.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Disposing_ends_the_process_while_requests_are_in_flight()
    {
        var site = await LoopbackSite.StartAsync();
        var request = site.Client.GetAsync(site.Delay(seconds: 60));
        await site.UntilInFlightAsync(1);

        await site.DisposeAsync();
        await site.DisposeAsync();

        await OtherProcess.WaitUntilGoneAsync(site.ProcessId, Limit);
        await FluentActions.Awaiting(() => request).Should().ThrowAsync<Exception>();
    }

    [Fact]
    public async Task The_site_ends_when_its_owner_is_killed()
    {
        using var owner = OtherProcess.Start($"{nameof(SiteOwner)}.{nameof(SiteOwner.HoldAsync)}");
        var processId = int.Parse((await owner.Output.ReadLineAsync())!, CultureInfo.InvariantCulture);
        using var site = Process.GetProcessById(processId);

        await owner.KillAsync();

        await site.WaitForExitAsync().WaitAsync(Limit);
    }

    [Fact]
    public async Task The_site_ends_with_its_owner_even_while_somebody_else_holds_its_input_open()
    {
        using var owner = OtherProcess.Start($"{nameof(SiteOwner)}.{nameof(SiteOwner.WaitAsync)}");
        var ownerId = await owner.Output.ReadLineAsync();
        using var site = StartFor(ownerId!);
        (await site.StandardOutput.ReadLineAsync()).Should().StartWith("ready http://127.0.0.1:");

        await owner.KillAsync();

        await site.WaitForExitAsync().WaitAsync(Limit);
        site.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task The_site_ends_with_its_input_even_while_its_owner_lives()
    {
        using var site = StartFor($"{Environment.ProcessId}");
        (await site.StandardOutput.ReadLineAsync()).Should().StartWith("ready http://127.0.0.1:");

        site.StandardInput.Close();

        await site.WaitForExitAsync().WaitAsync(Limit);
        site.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Each_site_has_a_port_of_its_own()
    {
        await using var one = await LoopbackSite.StartAsync();
        await using var two = await LoopbackSite.StartAsync();

        one.Address.Should().NotBe(two.Address);
        one.Address.IsLoopback.Should().BeTrue();
        (await two.Client.GetAsync(one.StatusPage)).IsSuccessStatusCode.Should().BeTrue();
    }

    private static Process StartFor(string ownerId) =>
        Process.Start(new ProcessStartInfo("dotnet", [RepositoryFile.Find("lib/bin/LoopbackSite.dll"), ownerId])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
}

internal static class SiteOwner
{
    /// <summary>Starts a site, says its process id, and keeps it for ever.</summary>
    public static async Task HoldAsync()
    {
        await using var site = await LoopbackSite.StartAsync();
        Console.WriteLine(site.ProcessId);
        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>Says its own process id and does nothing for ever.</summary>
    public static async Task WaitAsync()
    {
        Console.WriteLine(Environment.ProcessId);
        await Task.Delay(Timeout.Infinite);
    }
}
