using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Makes vApp templates of vApps, in a catalog.</summary>
[Cmdlet(VerbsCommon.New, "VcdTemplate", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdTemplate))]
public sealed class NewVcdTemplateCommand : VcdTaskCmdlet
{
    /// <summary>The vApp: a name, an id, or what Get-VcdVApp returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdVAppCompleter))]
    [ValidateNotNull]
    public VcdVAppArgument? VApp { get; set; }

    /// <summary>The catalog: a name, or what Get-VcdCatalog returned.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNull]
    public VcdCatalogArgument? Catalog { get; set; }

    /// <summary>The template's name; default: the vApp's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The template's description.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>The storage profile that stores it, of the vApp's virtual data center; default: the server's choice.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdStorageProfile>))]
    [ValidateNotNull]
    public VcdStorageProfileArgument? StorageProfile { get; set; }

    /// <summary>Guests of vApps that are made of it are customized; with $false they are the same as here. Default: the server's choice.</summary>
    [Parameter]
    public SwitchParameter CustomizeOnInstantiate { get; set; }

    /// <summary>A template of the name that is in the catalog is replaced: the item stays, with its id.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord() => Attempt(Capture, VApp!.VApp ?? (object)VApp.Name);

    private void Capture()
    {
        var session = SessionOf(VApp!.Source, Catalog!.Source ?? StorageProfile?.Source);
        var client = ClientFor(session, VApp.Source, Catalog.Source);
        var vapp = Await(token => VcdLookup.OneAsync<VcdVApp>(client, VApp, nameof(VApp), [], token));
        var catalog = Catalog.Catalog ?? Await(token => VcdLookup.CatalogAsync(client, Catalog.Name, nameof(Catalog), token));
        var profile = StorageProfile is null ? null : StorageProfile.Item is { Href.Length: > 0 } item ? item.Href : StorageProfile.Text;
        bool? customize = MyInvocation.BoundParameters.ContainsKey(nameof(CustomizeOnInstantiate)) ? CustomizeOnInstantiate.ToBool() : null;
        var (plan, adds) = Await(token => client.PlanCaptureAsync(vapp.Href.Length > 0 ? vapp.Href : vapp.Id, catalog.Href, Name, Description, customize, Force, profile, token));
        if (ShouldProcess($"catalog '{catalog.Name}' at {session.Server.Authority}", $"Make template '{plan.Name}' of vApp '{vapp.Name}'{(plan.Replaces ? "; the one of that name is replaced" : string.Empty)}"))
        {
            var longest = Longest;
            Start(
                client,
                $"Making template '{plan.Name}' of vApp '{vapp.Name}'",
                vapp,
                (c, token) => c.CaptureAsync(plan, adds ? catalog.Href : null, longest, token),
                async (c, change, token) => await c.TemplateOfAsync(change, plan, catalog.Name, catalog.Href, token).ConfigureAwait(false));
        }
    }
}
