using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Orleans.Configuration;
using Orleans.Storage;
using OwnedProcesses;

namespace Cluster;

/// <summary>
/// A silo. Where it listens, how it finds the others and where grains are stored comes from configuration: the command line,
/// environment variables and appsettings.json, under the names that Orleans documents. It prints one line when it has joined.
/// </summary>
internal static class SiloProgram
{
    /// <summary>The line that a silo prints when it has joined begins with this.</summary>
    public const string Ready = "ready ";

    /// <summary>The role of the silo that is none of those which run grains of ours.</summary>
    public const string Keeper = "keeper";

    public static async Task<int> Main(string[] args)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables()
            .AddCommandLine(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Orleans.Runtime.Silo", LogLevel.Error) // It recommends the server's collector, for which a machine is too small.
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error)
            .AddConfiguration(builder.Configuration.GetSection("Logging"))
            .AddSimpleConsole(options => options.SingleLine = true)
            .Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.UseOrleans(silo => Configure(silo, builder.Configuration));
        if (builder.Configuration.GetValue<int?>("Owner") is { } owner)
            builder.Services.AddSingleton<IHostLifetime>(new OwnerLifetime(owner));

        // A grain that computes holds a thread; the silo must answer others, and their probes, all the same.
        ThreadPool.SetMinThreads(4 * Environment.ProcessorCount + 8, 8);
        using var host = builder.Build();
        try
        {
            await host.StartAsync();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"The silo could not start. {exception.Message} {exception.GetBaseException().Message}");
            return 1;
        }

        Console.WriteLine(Ready + host.Services.GetRequiredService<ILocalSiloDetails>().Name);
        await host.WaitForShutdownAsync();
        return 0;
    }

    private static void Configure(ISiloBuilder silo, ConfigurationManager configuration)
    {
        silo.Services.Configure<ClusterMembershipOptions>(configuration.GetSection("Membership"))
            .Configure<ConnectionOptions>(configuration.GetSection("Connections"))
            .Configure<GrainDirectoryOptions>(configuration.GetSection("Directory"));

        // The older directory forgets, with a silo that dies, where grains of other silos live; they lose their memory then too.
#pragma warning disable ORLEANSEXP003 // Still called experimental.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003

        if (configuration["TurnToJoin"] is { } file)
            silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(new TurnToJoin(file));

        // In a local cluster the keeper holds the list of silos and the stored state, and nothing else lives there; see LocalCluster.
        if (configuration["LocalRole"] is not { } role) return;
        var elsewhere = role == Keeper ? typeof(SiloProgram).Assembly : typeof(MemoryGrainStorage).Assembly;
        silo.Configure<GrainTypeOptions>(options => options.Classes.RemoveWhere(type => type.Assembly == elsewhere));
    }
}
