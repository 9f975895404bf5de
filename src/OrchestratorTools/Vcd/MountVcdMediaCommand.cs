using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Inserts a medium into the drives of virtual machines.</summary>
[Cmdlet(VerbsData.Mount, "VcdMedia", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdVM))]
public sealed class MountVcdMediaCommand : VcdVMTaskCmdlet
{
    private readonly Dictionary<VcdSession, VcdMedia> _found = [];

    /// <summary>The medium: a name, an id, or what Get-VcdMedia or Get-VcdCatalogItem returned.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdMedia>))]
    [ValidateNotNull]
    public VcdMediaArgument? Media { get; set; }

    /// <summary>The catalog that it is in, where a name is given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNull]
    public VcdCatalogArgument? Catalog { get; set; }

    /// <inheritdoc/>
    private protected override void OnVM(VcdClient client, VcdVM vm)
    {
        _ = SessionOf(vm, Media!.Source ?? Catalog?.Source);
        if (!_found.TryGetValue(client.Session, out var media))
        {
            _found[client.Session] = media = Await(token => VcdLookup.OneAsync(client, Media, nameof(Media), VcdLookup.In(Catalog), null, token));
        }

        if (media.StatusCode is not null && !VcdAssumptions.IsImported(media.StatusCode))
        {
            throw new OrchestratorApiException(OrchestratorSystem.Vcd, OrchestratorErrorKind.WrongState, $"-Media '{media.Name}' is not ready ({media.Status}): only what was uploaded to its end is inserted. Nothing was sent.") { RecommendedAction = "Get-VcdTransfer shows uploads that go on." };
        }

        if (ShouldProcess(Described(client, vm), $"Insert media '{media.Name}'{(media.Catalog is { } catalog ? $" of catalog '{catalog}'" : string.Empty)}"))
        {
            Start(client, $"Inserting media '{media.Name}' into '{vm.Name}'", vm, (c, token) => c.InsertMediaAsync(vm.Href.Length > 0 ? vm.Href : vm.Id, media, token), Finished(vm));
        }
    }
}
