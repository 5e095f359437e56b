namespace Workshop.Jupyter;

/// <summary>Makes a clone ready for Jupyter, and takes back what that left outside the clone.</summary>
internal static class JupyterSetup
{
    /// <summary>Restores the tool, builds what the notebooks load, installs the kernel spec, and checks that the kernel starts.</summary>
    public static async Task RunAsync(bool force, CancellationToken cancellationToken)
    {
        var repository = Repository.Require();
        Console.WriteLine("Restoring the .NET kernel.");
        await DotNetCommand.RunAsync(
            repository.Root,
            "The kernel is the tool microsoft.dotnet-interactive, which NuGet downloads once: connect to the network and run this again.",
            cancellationToken, "tool", "restore");

        // The projects that this program refers to are what the notebooks load and start; the program itself runs and is left alone.
        Console.WriteLine("Building the library.");
        await DotNetCommand.RunAsync(
            repository.Root, "Repair what the build complains about and run this again.",
            cancellationToken, "build", Path.Combine("lib", "Workshop"), "-target:ResolveProjectReferences", "-nologo", "-verbosity:quiet");

        var folder = KernelSpec.FindFolder();
        var spec = folder is not null && !force ? KernelSpec.Read(folder) : null;
        if (spec is not { IsOurs: false }) spec = KernelSpec.Install(folder ?? KernelSpec.UserFolder);

        Console.WriteLine($"Starting the kernel of {spec.Folder} once.");
        await KernelCheck.RunAsync(spec, repository.Notebooks, cancellationToken);
        Console.WriteLine("The .NET kernel is ready. Jupyter and Visual Studio Code call it .NET (C#).");
    }

    /// <summary>Removes the kernel spec, if this program has installed it.</summary>
    public static void Uninstall()
    {
        var folder = KernelSpec.FindFolder();
        if (folder is not null && !KernelSpec.Read(folder).IsOurs)
        {
            throw new JupyterSetupException(
                $"The kernel spec in {folder} is not from this program, so it stays. Remove the folder yourself if nobody needs it.");
        }

        if (folder is not null) Directory.Delete(folder, recursive: true);
        Console.WriteLine(folder is null ? $"There is no kernel spec in {KernelSpec.UserFolder}." : $"Removed {folder}.");
    }
}

/// <summary>The kernel or Jupyter cannot be set up or started; the message says why and what to do, and is all that is shown.</summary>
internal sealed class JupyterSetupException(string message, Exception? innerException = null) : InputException(message, innerException);
