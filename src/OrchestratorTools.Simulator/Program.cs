using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using OrchestratorTools.Simulator;
using OrchestratorTools.Simulator.Vcd;
using OrchestratorTools.Simulator.VeloCloud;
using OrchestratorTools.Simulator.Vro;

SimulatorOptions options;
try
{
    options = SimulatorOptions.Parse(args);
}
catch (ArgumentException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}

var clock = new SimulatorClock(options.Speed);
ISimulatedSystem[] systems = [new VeloCloudSystem(options, clock), new VcdSystem(options, clock), new VroSystem(options, clock)];
using var certificate = ServerCertificate.Create("localhost", IPAddress.Loopback);

var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseKestrelHttpsConfiguration();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.AllowSynchronousIO = false;
    kestrel.Limits.MaxRequestBodySize = null;
    kestrel.Limits.MinRequestBodyDataRate = null;
    kestrel.Limits.MinResponseDataRate = null;
    foreach (var _ in systems)
    {
        kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(certificate);
        });
    }
});

await using var app = builder.Build();
var byPort = new Dictionary<int, ISimulatedSystem>();
app.Run(context => byPort[context.Connection.LocalPort].HandleAsync(context));
await app.StartAsync();
var ports = app.Urls.Select(u => new Uri(u)).ToArray();
foreach (var (system, port) in systems.Zip(ports))
{
    byPort.Add(port.Port, system);
}

var greeting = new JsonObject
{
    ["pid"] = Environment.ProcessId,
    ["certificateThumbprint"] = Convert.ToHexString(SHA256.HashData(certificate.RawData)),
};
foreach (var (system, port) in systems.Zip(ports))
{
    greeting[system.Name] = system.Describe(new Uri($"https://127.0.0.1:{port.Port}/"));
}

Console.WriteLine(greeting.ToJsonString());

// The parent holds the other end of standard input: when it ends, however it ends, the pipe closes and the simulator goes.
using var input = Console.OpenStandardInput();
var buffer = new byte[256];
while (await input.ReadAsync(buffer) > 0)
{
}

await app.StopAsync();
return 0;
