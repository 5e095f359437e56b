namespace ConcurrencyNotebooks.Tests;

public sealed class LoopbackSiteStartTests
{
    [Fact]
    public async Task A_site_that_cannot_start_says_why()
    {
        var folder = Directory.CreateTempSubdirectory("site ");
        var broken = Path.Combine(folder.FullName, "Broken.dll");
        await File.WriteAllTextAsync(broken, "not a program");

        var start = () => LoopbackSite.StartAsync(broken, isLive: false, CancellationToken.None);

        await start.Should().ThrowAsync<ProgramException>()
            .WithMessage("The loopback site exited with code * before it was ready; its last output was:\n*Broken*");
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_site_that_is_not_built_says_how_to_build_it()
    {
        var find = () => RepositoryFile.Find("lib/bin/Nowhere.dll");

        find.Should().Throw<FileNotFoundException>().WithMessage("Nowhere.dll is not there*run `dotnet build` there.");
    }

    [Fact]
    public async Task Cancelling_the_start_comes_out_with_the_token_of_the_caller()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        var start = () => LoopbackSite.StartAsync(cancelled.Token);

        (await start.Should().ThrowAsync<OperationCanceledException>()).Which.CancellationToken.Equals(cancelled.Token).Should().BeTrue();
    }

    [Fact]
    public async Task Without_a_network_the_site_stands_in_for_the_public_addresses()
    {
        var assembly = RepositoryFile.Find("lib/bin/LoopbackSite.dll");

        await using var site = await LoopbackSite.StartAsync(assembly, isLive: true, CancellationToken.None);

        site.IsLive.Should().BeTrue();
        site.Delay(1).IsLoopback.Should().BeTrue("what loads a server stays on loopback");
        foreach (var page in site.Pages.Where(page => page.IsLoopback))
            (await site.Client.GetAsync(page)).IsSuccessStatusCode.Should().BeTrue();
    }

    [Fact]
    public async Task Without_being_asked_for_public_addresses_the_site_uses_none()
    {
        var assembly = RepositoryFile.Find("lib/bin/LoopbackSite.dll");

        await using var site = await LoopbackSite.StartAsync(assembly, isLive: false, CancellationToken.None);

        site.Pages.Should().HaveCount(3).And.OnlyContain(page => page.IsLoopback);
    }
}
