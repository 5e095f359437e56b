using System.Net;
using ConcurrencyNotebooks.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Plays the network for the notebooks: a web site on a free port of the loopback interface. It is started with the process id
// of its owner, prints one line, `ready http://127.0.0.1:port`, and ends when its standard input or its owner does.
var owner = Owner.Parse(args);

// The empty builder reads no settings file and no ASPNETCORE_ variable: what is set on a reader's machine cannot move the site.
var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddRoutingCore();
builder.Services.AddSingleton<InFlightCounter>();
// Ctrl+C, and a Jupyter interrupt, reach the whole process group, and mean the cell and not its site.
builder.Services.AddSingleton<IHostLifetime>(owner);
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
Pages.Map(site);
Waiting.Map(site);
Trouble.Map(site);
await site.StartAsync();

var addresses = site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
Console.WriteLine($"ready {addresses?.Addresses.Single()}");
await site.WaitForShutdownAsync();
