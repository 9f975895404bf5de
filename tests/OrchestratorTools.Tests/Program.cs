using System.Text.Json;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;
using OrchestratorTools.Resilience;

namespace OrchestratorTools.Tests;

/// <summary>An upload in a process of its own, which a test kills. What is to be done comes as one line of JSON on standard input.</summary>
internal static class Program
{
    private static async Task<int> Main()
    {
        var order = JsonSerializer.Deserialize<ChildUpload>(await Console.In.ReadLineAsync() ?? "{}")!;
        var settings = new ConnectionSettings { Server = order.Server, ServerCertificateThumbprints = [order.Thumbprint], NoProxy = true, Resilience = ResilienceHandler.Create };
        var login = new VcdLogin { Organization = order.Organization, User = order.User, Password = SecretText.From(order.Password) };
        await using var session = await VcdSession.ConnectAsync(settings, login, SilentObserver.Instance, CancellationToken.None);
        var client = new VcdClient(session, SilentObserver.Instance);
        if (order.IsTemplate)
        {
            await client.SendTemplateAsync(new VcdTemplateUpload { Path = order.Path, CatalogHref = order.CatalogHref, CatalogName = "c", Name = order.Name, ChunkSize = order.ChunkSize, StateFolder = order.StateFolder }, null, CancellationToken.None);
        }
        else
        {
            await client.SendMediaAsync(new VcdMediaUpload { Path = order.Path, CatalogHref = order.CatalogHref, CatalogName = "c", Name = order.Name, ChunkSize = order.ChunkSize, StateFolder = order.StateFolder }, null, CancellationToken.None);
        }

        return 0;
    }
}

/// <summary>What the process is to do.</summary>
internal sealed record ChildUpload(Uri Server, string Thumbprint, string Organization, string User, string Password, bool IsTemplate, string Path, string CatalogHref, string Name, int ChunkSize, string StateFolder);
