using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Makes an empty catalog in an organization.</summary>
[Cmdlet(VerbsCommon.New, "VcdCatalog", SupportsShouldProcess = true)]
[OutputType(typeof(VcdTask), typeof(VcdCatalog))]
public sealed class NewVcdCatalogCommand : VcdTaskCmdlet
{
    /// <summary>The name; unique in its organization.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = string.Empty;

    /// <summary>The description.</summary>
    [Parameter]
    [ValidateNotNull]
    public string? Description { get; set; }

    /// <summary>The organization, which the provider's session then acts for: a name, or what Get-VcdOrg returned; default: the session's own.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdOrgCompleter))]
    [ValidateNotNull]
    public override VcdOrgArgument? Organization { get; set; }

    /// <summary>The storage profile that its items are stored by; default: the server's choice.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VcdItemCompleter<VcdStorageProfile>))]
    [ValidateNotNull]
    public VcdStorageProfileArgument? StorageProfile { get; set; }

    /// <inheritdoc/>
    private protected override void OnRecord()
    {
        CurrentTarget = Name;
        var session = Session(Organization?.Organization);
        var organization = Await(token => VcdLookup.OrganizationAsync(Client(session), session, Organization, nameof(Organization), token));
        var client = Client(session, session.IsProvider ? VcdTenant.Of(organization) : null);
        var profile = StorageProfile is null ? null : Await(token => VcdLookup.OneAsync(client, StorageProfile, nameof(StorageProfile), [], p => VcdObject.IsSame(p.OrganizationHref, organization.Href), token));
        if (ShouldProcess($"organization '{organization.Name}' at {session.Server.Authority}", $"Make catalog '{Name}'"))
        {
            var (name, description) = (Name, Description);
            Start(
                client,
                $"Making catalog '{name}'",
                name,
                (c, token) => c.NewCatalogAsync(organization.Href, name, description, profile?.Href, null, token),
                async (c, change, token) => await c.CatalogOfAsync(change, change.Href ?? organization.Href, organization.Name, token).ConfigureAwait(false));
        }
    }
}
