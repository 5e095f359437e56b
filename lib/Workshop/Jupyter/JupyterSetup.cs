namespace Workshop.Jupyter;

/// <summary>Makes a clone ready for Jupyter, and takes back what that left outside the clone.</summary>
internal sealed class JupyterSetup(string root, string notebooks)
{
    /// <summary>What every notebook begins with.</summary>
    private const string FirstLine = "#r \"../lib/bin/ConcurrencyNotebooks.dll\"\nConcurrencyNotebooks.Machine.Description";

    private readonly DotNetCommand _dotnet = new();

    /// <summary>Restores the tool, builds what the notebooks load, installs the kernel spec, and checks that the kernel starts.</summary>
    public async Task RunAsync(bool force, CancellationToken cancellationToken)
    {
        Console.WriteLine("Restoring the .NET kernel.");
        await _dotnet.RunAsync(
            root,
            "The kernel is the tool microsoft.dotnet-interactive, which NuGet downloads once: connect to the network and run this again.",
            cancellationToken, "tool", "restore");

        // The projects that this program refers to are what the notebooks load and start; the program itself runs and is left alone.
        Console.WriteLine("Building the library.");
        await _dotnet.RunAsync(
            root, "Repair what the build complains about and run this again.",
            cancellationToken, "build", Path.Combine("lib", "Workshop"), "-target:ResolveProjectReferences", "-nologo", "-verbosity:quiet");

        var folder = KernelSpec.FindFolder();
        var spec = folder is not null && !force ? KernelSpec.Read(folder) : null;
        if (spec is not { IsOurs: false }) spec = KernelSpec.Install(folder ?? KernelSpec.UserFolder, _dotnet.Path);

        Console.WriteLine($"Starting the kernel of {spec.Folder} once.");
        await KernelCheck.RunAsync(spec, notebooks, FirstLine, cancellationToken);
        Console.WriteLine("The .NET kernel is ready. Jupyter and Visual Studio Code call it .NET (C#).");
    }

    /// <summary>Removes the kernel spec, if this program has installed it.</summary>
    public static void Uninstall()
    {
        if (KernelSpec.FindFolder() is not { } folder)
        {
            Console.WriteLine($"There is no kernel spec in {KernelSpec.UserFolder}.");
            return;
        }

        var spec = KernelSpec.Read(folder);
        if (!spec.IsOurs)
        {
            throw new JupyterSetupException(
                $"The kernel spec in {spec.Folder} is not from this program, so it stays. Remove the folder yourself if nobody needs it.");
        }

        spec.Uninstall();
        Console.WriteLine($"Removed {spec.Folder}.");
    }
}
