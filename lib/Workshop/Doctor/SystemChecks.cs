using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Workshop.Doctor;

/// <summary>What the operating system gives: files, memory, connections.</summary>
internal static class SystemChecks
{
    private const double Gigabyte = 1e9;

    /// <summary>What lesson 5 opens at once.</summary>
    private const int Connections = 5_000;

    /// <summary>Whether the clone, the home folder and the temporary folder can be written.</summary>
    public static CheckResult Folders()
    {
        var problems = Places().Where(place => !CanBeWritten(place.Path))
            .Select(place => $"{place.Name} {place.Path} cannot be written").ToList();
        return problems.Count == 0
            ? CheckResult.Fine("clone, home and temporary folder can be written")
            : CheckResult.Mend(string.Join("; ", problems), "Make them writable, or set HOME and TMPDIR to folders that are. "
                + "The SDK, NuGet and Jupyter keep files there.");
    }

    /// <summary>A build with its packages takes 2 to 3 GB; a run writes next to nothing.</summary>
    public static CheckResult Disk()
    {
        // A folder that is not there is the line above's.
        var (free, place) = Places().Where(place => Directory.Exists(place.Path))
            .Select(place => (new DriveInfo(place.Path).AvailableFreeSpace / Gigabyte, place.Name)).Min();
        return CheckResult.Judge(
            $"{Number(free)} GB free, {place}", free, enough: 4, least: 0.5, "Building with all packages needs about 3 GB; make room.");
    }

    /// <summary>A notebook with a pool of processes takes about half a GB, a browser beside it as much again.</summary>
    public static CheckResult Memory()
    {
        GC.Collect(); // The numbers are those of the last collection, and a container's limit counts.
        var memory = GC.GetGCMemoryInfo();
        var (all, free) = (memory.TotalAvailableMemoryBytes, Math.Max(0, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes));
        return CheckResult.Judge(
            $"{Number(free / Gigabyte)} GB free of {Number(all / Gigabyte)}", free / Gigabyte, enough: 2, least: 0.5,
            "Notebooks that start processes may fail, or swap and measure that. End other programs.");
    }

    /// <summary>A notebook's process has been seen with 212, and a site asks for 50 connections more.</summary>
    public static CheckResult OpenFiles()
    {
        const int Least = 300;
        var limit = Machine.Descriptors;
        var found = OperatingSystem.IsWindows() ? "no limit" : string.Create(CultureInfo.InvariantCulture, $"{limit:N0} for each process");
        var loss = limit < Least
            ? "Lessons with connections or processes fail."
            : "Lesson 5 opens fewer connections at once than its 5,000.";
        return CheckResult.Judge(
            found, limit, enough: Connections + 500, Least,
            $"{loss} Say `ulimit -n 10000` in the shell that starts this program; a container takes --ulimit nofile=10000.");
    }

    /// <summary>Whether this process can talk to itself over IPv4.</summary>
    public static async Task<CheckResult> LoopbackAsync(CancellationToken cancellationToken)
    {
        var problem = "";
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            using var client = new TcpClient(AddressFamily.InterNetwork);
            var accepting = listener.AcceptTcpClientAsync(cancellationToken);
            await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, cancellationToken);
            using var server = await accepting;
            await client.GetStream().WriteAsync(new byte[] { 1 }, cancellationToken);
            if (await server.GetStream().ReadAsync(new byte[1], cancellationToken) == 1) return CheckResult.Fine("127.0.0.1 answers");
        }
        catch (SocketException exception)
        {
            problem = $" ({exception.Message})";
        }
        catch (OperationCanceledException)
        {
            // A firewall that drops what it does not allow.
        }

        return CheckResult.Mend(
            $"127.0.0.1 does not answer{problem}", "Most lessons talk to programs on this machine. "
            + "Allow connections to 127.0.0.1 in the firewall; in a sandbox or a container, `ip link set lo up`.");
    }

    /// <summary>The ports that the system may give to outgoing connections, without those in use.</summary>
    public static CheckResult Ports()
    {
        // Where the system does not tell, those of IANA, which Windows and macOS use.
        int[] range = OperatingSystem.IsLinux()
            ? [.. File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(port => int.Parse(port, CultureInfo.InvariantCulture))]
            : [49_152, 65_535];
        var network = IPGlobalProperties.GetIPGlobalProperties();
        var used = network.GetActiveTcpConnections().Select(connection => connection.LocalEndPoint.Port)
            .Concat(network.GetActiveTcpListeners().Select(listener => listener.Port))
            .Distinct().Count(port => port >= range[0] && port <= range[1]);
        var free = range[1] - range[0] + 1 - used;
        return CheckResult.Judge(
            string.Create(CultureInfo.InvariantCulture, $"{free:N0} of {range[0]} to {range[1]} are free"), free, Connections + 1, least: 0,
            "Lesson 5 opens 5,000 connections at once. Widen the range, or end what uses so many.");
    }

    private static IEnumerable<(string Name, string Path)> Places() =>
    [
        ("clone", Repository.Find()?.Root ?? Environment.CurrentDirectory),
        ("home", Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify)),
        ("temporary folder", Path.GetTempPath()),
    ];

    private static bool CanBeWritten(string folder)
    {
        try
        {
            var file = Path.Combine(folder, $".doctor-{Path.GetRandomFileName()}");
            new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
