using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Tests.Vcd;

/// <summary>What is being imported: in the way of another upload of the name, listed, and ended when somebody wants it.</summary>
public sealed class VcdImportTests(PatientVcdServer server) : IClassFixture<PatientVcdServer>
{
    private readonly OvfFixture _ovf = new(server.Folder);
    private readonly string _state = Path.Combine(server.Folder, "state-" + Guid.NewGuid().ToString("N"));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_import_is_listed_is_in_the_way_and_can_be_stopped(bool template)
    {
        var client = new VcdClient(await server.ConnectAsync(time: TimeProvider.System), SilentObserver.Instance);
        var catalog = await VcdServer.CatalogAsync(await server.ConnectAsync(), "iso");
        var name = "import-" + Guid.NewGuid().ToString("N");
        await SendAsync();
        await server.Simulator.ClearRequestsAsync();

        var transfer = Assert.Single(await client.GetTransfersAsync([VcdNamePattern.Of(name)], [], [VcdTransferKind.Media, VcdTransferKind.Template], _state, CancellationToken.None).ToListAsync());
        Assert.Equal(VcdTransferState.Importing, transfer.State);
        Assert.Equal(transfer.Size, transfer.BytesTransferred);
        var e = await Assert.ThrowsAsync<OrchestratorApiException>(SendAsync);
        Assert.Equal("Vcd.Conflict", e.ErrorId);
        Assert.Contains("the server is importing it", e.Message, StringComparison.Ordinal);

        await client.StopTransferAsync(transfer, _state, CancellationToken.None);
        var requests = await server.Simulator.RequestsAsync("vcd");
        Assert.Contains(requests, r => r.Method == "POST" && r.Path.EndsWith("/action/cancel", StringComparison.Ordinal));
        Assert.Single(requests, r => r.Method == "DELETE" && !r.Path.Contains("catalogItem", StringComparison.Ordinal));
        Assert.Empty(await client.GetCatalogItemsAsync([VcdNamePattern.Of(name)], [], null, CancellationToken.None).ToListAsync());

        async Task SendAsync()
        {
            var bytes = _ovf.Write("disk.bin", 1000);
            if (template)
            {
                var path = _ovf.Write("web.ovf", OvfFixture.Descriptor(OvfFixture.File_("disk.bin", bytes.Length)));
                await client.SendTemplateAsync(new VcdTemplateUpload { Path = path, CatalogHref = catalog, CatalogName = "iso", Name = name, StateFolder = _state }, null, CancellationToken.None);
            }
            else
            {
                await client.SendMediaAsync(new VcdMediaUpload { Path = _ovf.PathOf("disk.bin"), CatalogHref = catalog, CatalogName = "iso", Name = name, StateFolder = _state }, null, CancellationToken.None);
            }
        }
    }
}
