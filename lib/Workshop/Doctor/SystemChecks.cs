using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Workshop.Doctor;

/// <summary>What the operating system gives: files, memory, connections.</summary>
internal static class SystemChecks
{
    private const double Gigabyte = 1e9;

    /// <summary>In GB. A build with its packages takes 2 to 3; a run writes next to nothing.</summary>
    private const double EnoughDisk = 4, LeastDisk = 0.5;

    /// <summary>In GB. A notebook with a pool of processes takes about half of one, a browser beside it as much again.</summary>
    private const double EnoughMemory = 2, LeastMemory = 0.5;

    /// <summary>What lesson 5 opens at once, and what a process needs besides.</summary>
    private const int Connections = 5_000, OtherFiles = 500;

    /// <summary>A notebook's process has been seen with 212, and a site asks for 50 connections more.</summary>
    private const int LeastFiles = 300;

    /// <summary>The ports for outgoing connections where the system does not tell: those of IANA, which Windows and macOS use.</summary>
    private const int FirstPort = 49_152, LastPort = 65_535;

    /// <summary>Whether the clone, the home folder and the temporary folder can be written.</summary>
    public static CheckResult Folders()
    {
        var problems = Places().Select(Problem).OfType<string>().ToList();
        return problems.Count == 0
            ? CheckResult.Fine("clone, home and temporary folder can be written")
            : CheckResult.Mend(string.Join("; ", problems), "Make them writable, or set HOME and TMPDIR to folders that are. "
                + "The SDK, NuGet and Jupyter keep files there.");
    }

    public static CheckResult Disk()
    {
        // A folder that is not there is the line above's.
        var (free, place) = Places().Where(place => Directory.Exists(place.Path))
            .Select(place => (new DriveInfo(place.Path).AvailableFreeSpace / Gigabyte, place.Name)).Min();
        return Judge(free, EnoughDisk, LeastDisk, $"GB free, {place}", "Building with all packages needs about 3 GB; make room.");
    }

    public static CheckResult Memory()
    {
        GC.Collect(); // The numbers are those of the last collection, and a container's limit counts.
        var memory = GC.GetGCMemoryInfo();
        var free = Math.Max(0, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes) / Gigabyte;
        return Judge(
            free, EnoughMemory, LeastMemory, $"GB free of {Number(memory.TotalAvailableMemoryBytes / Gigabyte)}",
            "Notebooks that start processes may fail, or swap and measure that. End other programs.");
    }

    public static CheckResult OpenFiles()
    {
        var limit = Machine.Descriptors;
        var found = OperatingSystem.IsWindows() ? "no limit" : string.Create(CultureInfo.InvariantCulture, $"{limit:N0} for each process");
        const string HowTo = "Say `ulimit -n 10000` in the shell that starts this program; a container takes --ulimit nofile=10000.";
        if (limit >= Connections + OtherFiles) return CheckResult.Fine(found);
        return limit < LeastFiles
            ? CheckResult.Mend(found, $"Lessons with connections or processes fail. {HowTo}")
            : CheckResult.Warning(found, $"Lesson 5 opens fewer connections at once than its 5,000. {HowTo}");
    }

    /// <summary>Whether this process can talk to itself over IPv4.</summary>
    public static async Task<CheckResult> LoopbackAsync(CancellationToken cancellationToken)
    {
        const string Advice = "Most lessons talk to programs on this machine. Allow connections to 127.0.0.1 in the firewall; "
            + "in a sandbox or a container, `ip link set lo up`.";
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            using var client = new TcpClient(AddressFamily.InterNetwork);
            var accepting = listener.AcceptTcpClientAsync(cancellationToken);
            await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, cancellationToken);
            using var server = await accepting;
            await client.GetStream().WriteAsync(new byte[] { 1 }, cancellationToken);
            return await server.GetStream().ReadAsync(new byte[1], cancellationToken) == 1
                ? CheckResult.Fine("127.0.0.1 answers")
                : CheckResult.Mend("127.0.0.1 closes connections", Advice);
        }
        catch (SocketException exception)
        {
            return CheckResult.Mend($"127.0.0.1 does not answer ({exception.Message})", Advice);
        }
        catch (OperationCanceledException)
        {
            return CheckResult.Mend("127.0.0.1 does not answer", Advice); // A firewall that drops what it does not allow.
        }
    }

    /// <summary>The ports that the system may give to outgoing connections, without those in use.</summary>
    public static CheckResult Ports()
    {
        const string RangeFile = "/proc/sys/net/ipv4/ip_local_port_range";
        int[] range = OperatingSystem.IsLinux()
            ? [.. File.ReadAllText(RangeFile).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(port => int.Parse(port, CultureInfo.InvariantCulture))]
            : [FirstPort, LastPort];
        var network = IPGlobalProperties.GetIPGlobalProperties();
        var used = network.GetActiveTcpConnections().Select(connection => connection.LocalEndPoint.Port)
            .Concat(network.GetActiveTcpListeners().Select(listener => listener.Port))
            .Distinct().Count(port => port >= range[0] && port <= range[1]);
        var free = range[1] - range[0] + 1 - used;
        var found = string.Create(CultureInfo.InvariantCulture, $"{free:N0} of {range[0]} to {range[1]} are free");
        return free > Connections
            ? CheckResult.Fine(found)
            : CheckResult.Warning(found, "Lesson 5 opens 5,000 connections at once. Widen the range, or end what uses so many.");
    }

    private static CheckResult Judge(double free, double enough, double least, string unit, string advice)
    {
        var found = $"{Number(free)} {unit}";
        if (free >= enough) return CheckResult.Fine(found);
        return free < least ? CheckResult.Mend(found, advice) : CheckResult.Warning(found, advice);
    }

    private static IEnumerable<(string Name, string Path)> Places() =>
    [
        ("clone", Repository.Find()?.Root ?? Environment.CurrentDirectory),
        ("home", Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify)),
        ("temporary folder", Path.GetTempPath()),
    ];

    private static string? Problem((string Name, string Path) place)
    {
        try
        {
            var file = Path.Combine(place.Path, $".doctor-{Path.GetRandomFileName()}");
            new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{place.Name} {place.Path} cannot be written";
        }
    }

    private static string Number(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);
}
