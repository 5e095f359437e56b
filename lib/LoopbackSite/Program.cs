using System.Globalization;
using System.Net;
using LoopbackSite;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OwnedProcesses;

// Plays the network for the notebooks: a web site on a free port of the loopback interface. It is started with the process id
// of its owner, prints one line, `ready http://127.0.0.1:port`, and ends when its standard input or its owner does.
if (args is not [var number] || !int.TryParse(number, CultureInfo.InvariantCulture, out var owner))
{
    Console.Error.WriteLine("Notebooks start this program: await LoopbackSite.StartAsync(). Its one argument is their process id.");
    return 2;
}

// The empty builder reads no settings file and no ASPNETCORE_ variable: what is set on a reader's machine cannot move the site.
var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddRoutingCore();
builder.Services.AddSingleton<InFlightCounter>();
builder.Services.AddSingleton<IHostLifetime>(new OwnerLifetime(owner));
builder.WebHost
    .UseKestrelCore()
    .ConfigureKestrel(options =>
    {
        options.Listen(IPAddress.Loopback, 0);
        options.AddServerHeader = false;
    })
    // Thousands connect at once; a short queue would make the system drop the first packet and repeat it a second later.
    .UseSockets(options => options.Backlog = 8192);

await using var site = builder.Build();
site.Use(site.Services.GetRequiredService<InFlightCounter>().CountAsync);
site.UseWebSockets();
site.UseRouting();
PageEndpoints.Map(site);
DelayEndpoints.Map(site);
FaultEndpoints.Map(site);
await site.StartAsync();

Console.WriteLine($"ready {site.Urls.Single()}");
await site.WaitForShutdownAsync();
return 0;
