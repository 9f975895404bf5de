using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using OrchestratorTools.Simulator;
using OrchestratorTools.Simulator.Faults;
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
var veloCloud = new VeloCloudSystem(options, clock);
ISimulatedSystem[] systems = [veloCloud, new VcdSystem(options, clock), new VroSystem(options, clock), veloCloud.CreateStandby()];
using var certificate = ServerCertificate.Create("localhost", IPAddress.Loopback);
var identities = systems.ToDictionary(s => s.Name, _ => new TlsIdentity(certificate), StringComparer.Ordinal);
var log = new RequestLog();
var faults = new FaultList([.. systems.Select(s => s.Name)]);
var control = new ControlEndpoint(systems, identities, clock, faults, log);

// The empty builder reads no settings file, environment variable or command line: nothing of the place it is started in gets into the servers.
var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.AllowSynchronousIO = false;
    kestrel.Limits.MaxRequestBodySize = null;
    kestrel.Limits.MinRequestBodyDataRate = null;
    kestrel.Limits.MinResponseDataRate = null;
    foreach (var system in systems)
    {
        kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            var identity = identities[system.Name];
            listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(identity.Current) });
        });
    }

    kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
});

await using var app = builder.Build();
var byPort = new Dictionary<int, RequestDelegate>();
app.Run(context => byPort[context.Connection.LocalPort](context));
await app.StartAsync();
var ports = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a).Port).ToArray();
var greeting = new JsonObject
{
    ["pid"] = Environment.ProcessId,
    ["certificateThumbprint"] = ServerCertificate.Thumbprint(certificate),
    ["control"] = new JsonObject { ["server"] = $"http://127.0.0.1:{ports[^1]}/", ["token"] = control.Token },
};
byPort.Add(ports[^1], control.HandleAsync);
foreach (var (system, port) in systems.Zip(ports))
{
    byPort.Add(port, new Front(system, faults, log).HandleAsync);
    greeting[system.Name] = system.Describe(new Uri($"https://127.0.0.1:{port}/"));
}

Console.WriteLine(greeting.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
await ParentProcess.EndAsync();

// Requests under way are not waited for: whoever ends the simulator has no use for their answers.
using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
await app.StopAsync(patience.Token);
return 0;
