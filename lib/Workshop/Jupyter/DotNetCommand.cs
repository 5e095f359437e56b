using CliWrap;
using CliWrap.Buffered;

namespace Workshop.Jupyter;

/// <summary>The <c>dotnet</c> command, for what has to be done before the kernel can start.</summary>
internal static class DotNetCommand
{
    /// <summary>
    /// The full path of the program on the PATH, which a reader would start, otherwise of the one that runs this program. A link stays a
    /// link: it outlives an update of the SDK.
    /// </summary>
    public static string Path => ProgramPath.Find("dotnet") ?? PackageResolver.DotnetPath;

    /// <summary>Runs the command in a folder.</summary>
    /// <exception cref="JupyterSetupException">It failed; the message is <paramref name="failure"/> and the end of its output.</exception>
    public static async Task RunAsync(string folder, string failure, CancellationToken cancellationToken, params string[] arguments)
    {
        var result = await Cli.Wrap(Path).WithArguments(arguments).WithWorkingDirectory(folder)
            .WithEnvironmentVariables(variables => variables.Set("DOTNET_NOLOGO", "1"))
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        if (result.IsSuccess) return;
        throw new JupyterSetupException(
            $"`dotnet {string.Join(' ', arguments)}` in {folder} ended with exit code {result.ExitCode}. {failure}\n"
            + ProgramOutput.LastLines(result.StandardOutput + result.StandardError));
    }
}
