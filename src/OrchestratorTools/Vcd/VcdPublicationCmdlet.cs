using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>The base of the cmdlets that publish catalogs or end that. The server does either at once.</summary>
public abstract class VcdPublicationCmdlet : VcdChangingCmdlet
{
    /// <summary>The usual parameter set: other clouds.</summary>
    private protected const string ExternalSet = "External";

    /// <summary>The parameter set for all organizations of this cloud.</summary>
    private protected const string AllOrganizationsSet = "AllOrganizations";

    /// <summary>The catalogs: names, ids, or what Get-VcdCatalog returned.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(VcdCatalogCompleter))]
    [ValidateNotNullOrEmpty]
    public VcdCatalogArgument[] Catalog { get; set; } = [];

    /// <summary>All organizations of this cloud are meant, not other clouds.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllOrganizationsSet)]
    public SwitchParameter AllOrganizations { get; set; }

    /// <summary>Returns the catalogs as they are then.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What is done, for the question.</summary>
    private protected abstract string Action { get; }

    /// <inheritdoc/>
    private protected sealed override void OnRecord()
    {
        foreach (var argument in Catalog)
        {
            Attempt(() => Change(argument), argument.Catalog ?? (object)argument.Name);
        }
    }

    /// <summary>Sends the change.</summary>
    private protected abstract Task<VcdChange> SendAsync(VcdClient client, VcdCatalog catalog, CancellationToken cancellationToken);

    private void Change(VcdCatalogArgument argument)
    {
        var session = SessionOf(argument.Catalog);
        var client = ClientFor(session, argument.Catalog);
        var catalog = argument.Catalog ?? Await(token => VcdLookup.CatalogAsync(client, argument.Name, nameof(Catalog), token));
        if (!ShouldProcess($"catalog '{catalog.Name}' at {session.Server.Authority}", Action))
        {
            return;
        }

        var change = Await(token => SendAsync(client, catalog, token));
        Await(token => client.FollowAsync(change.Task, null, null, token));
        if (PassThru)
        {
            WriteObject(Await(token => client.CatalogOfAsync(change, catalog.Href, catalog.Organization, token)));
        }
    }
}
