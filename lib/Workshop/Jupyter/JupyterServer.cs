using System.Net;
using System.Net.Sockets;
using CliWrap;

namespace Workshop.Jupyter;

/// <summary>Jupyter, as it is installed on this machine.</summary>
internal static class JupyterServer
{
    // Jupyter gives its kernels some seconds to end; what is still there after that is ended with it.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(15);

    /// <summary>The program: JupyterLab, or where that is not there the Notebook; null where neither is.</summary>
    public static string? Find() => ProgramPath.Find("jupyter-lab", "jupyter-notebook");

    public static string HowToInstall()
    {
        string[] installers =
        [
            "brew install jupyterlab", "sudo apt-get install jupyter-notebook", "sudo dnf install python3-notebook",
            "sudo pacman -S jupyter-notebook",
        ];
        var command = Array.Find(installers, command => ProgramPath.Find(command.Split(' ').First(word => word != "sudo")) is not null)
            ?? $"{(OperatingSystem.IsWindows() ? "py" : "python3")} -m pip install notebook";
        return $"Install it with `{command}`, see to it that it is on the PATH, and run this again.";
    }

    /// <summary>Says so when a port cannot be had.</summary>
    public static void RequireFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            listener.Start();
        }
        catch (SocketException exception)
        {
            throw new JupyterSetupException(
                $"Port {port} cannot be had: {exception.Message}. "
                + "Choose another one with --port, or leave --port out: Jupyter then takes one that is free.", exception);
        }
    }

    /// <summary>Starts Jupyter in the notebooks' folder and returns when it has ended.</summary>
    public static async Task RunAsync(int? port, bool opensBrowser, CancellationToken cancellationToken)
    {
        var program = Find() ?? throw new JupyterSetupException(
            $"Jupyter is not on the PATH. {HowToInstall()} "
            + "The kernel is set up: Visual Studio Code with its Jupyter extension can use it as it is.");

        // -y: an interruption is not asked about, since the answer would go to this program.
        List<string> arguments = ["-y"];
        if (!opensBrowser) arguments.Add("--no-browser");
        if (port is not null) arguments.AddRange([$"--port={port}", "--port-retries=0"]);
        if (!OperatingSystem.IsWindows() && Environment.UserName == "root") arguments.Add("--allow-root");

        using var patience = new CancellationTokenSource();
        await using var interruption = cancellationToken.Register(() => patience.CancelAfter(EndPatience));
        await using var output = Console.OpenStandardOutput();
        await using var error = Console.OpenStandardError();
        var result = await Cli.Wrap(program).WithArguments(arguments).WithWorkingDirectory(Repository.Require().Notebooks)
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToStream(output)).WithStandardErrorPipe(PipeTarget.ToStream(error))
            .ExecuteAsync(patience.Token, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (!result.IsSuccess)
            throw new JupyterSetupException(
                $"{Path.GetFileName(program)} ended with exit code {result.ExitCode}; what it printed above says why.");
    }
}
