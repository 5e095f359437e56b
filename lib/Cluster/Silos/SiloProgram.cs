using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Orleans.Configuration;

namespace Cluster;

/// <summary>
/// A silo. Where it listens, how it finds the others and where grains are stored comes from configuration: the command line, environment
/// variables and appsettings.json, under the names that Orleans documents. It prints one line, <c>ready</c> and its name, when it has joined.
/// </summary>
internal static class SiloProgram
{
    /// <summary>The line that a silo prints when it has joined begins with this.</summary>
    public const string Ready = "ready ";

    public static async Task<int> Main(string[] args)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables()
            .AddCommandLine(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Orleans.Runtime.Silo", LogLevel.Error) // It recommends the server's collector, which is for silos that have a machine.
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
            await Console.Error.WriteLineAsync($"The silo could not start. {Causes(exception)}");
            return 1;
        }

        Console.WriteLine(Ready + host.Services.GetRequiredService<ILocalSiloDetails>().Name);
        await host.WaitForShutdownAsync();
        return 0;
    }

    private static void Configure(ISiloBuilder silo, ConfigurationManager configuration)
    {
        silo.Services.Configure<ClusterMembershipOptions>(configuration.GetSection("Membership"))
            .Configure<ConnectionOptions>(configuration.GetSection("Connections"));

        if (configuration["TurnToJoin"] is { } file)
            silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(new TurnToJoin(file));

        // It keeps the list of silos and passes calls on, and is never killed in a lesson; so no grain of ours may live there.
        if (configuration.GetValue<bool>("KeepsOnlyMembership"))
        {
            silo.Configure<GrainTypeOptions>(options => options.Classes.RemoveWhere(type => type.Assembly == typeof(SiloProgram).Assembly));
        }
    }

    private static string Causes(Exception exception)
    {
        var messages = new List<string>();
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException) messages.Add(cause.Message);
        return string.Join(" ", messages.Distinct());
    }
}
