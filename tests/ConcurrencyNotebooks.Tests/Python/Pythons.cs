namespace ConcurrencyNotebooks.Tests.Measurements;

/// <summary>The Pythons of this machine. Tests that need one are left out without, but not in CI, which has one.</summary>
internal static class Pythons
{
    private static readonly PythonFinder Finder =
        new(name => name == PythonFinder.Setting ? null : Environment.GetEnvironmentVariable(name));

    public static async Task<IReadOnlyList<PythonInstallation>> OrSkipAsync()
    {
        var pythons = await Finder.FindAsync(CancellationToken.None);
        Assert.SkipWhen(pythons.Count == 0 && Environment.GetEnvironmentVariable("CI") is null, "There is no Python on this machine.");
        pythons.Should().NotBeEmpty("CI leaves nothing out");
        return pythons;
    }
}
