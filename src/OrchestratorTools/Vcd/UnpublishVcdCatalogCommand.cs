using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Ends the publication of catalogs: to other clouds, or to all organizations of this one.</summary>
[Cmdlet(VerbsData.Unpublish, "VcdCatalog", DefaultParameterSetName = ExternalSet, SupportsShouldProcess = true)]
[OutputType(typeof(VcdCatalog))]
public sealed class UnpublishVcdCatalogCommand : VcdPublicationCmdlet
{
    /// <inheritdoc/>
    private protected override string Action => AllOrganizations ? "End the publication to all organizations" : "End the publication to other clouds";

    /// <inheritdoc/>
    private protected override Task<VcdChange> SendAsync(VcdClient client, VcdCatalog catalog, CancellationToken cancellationToken)
        => AllOrganizations ? client.PublishCatalogAsync(catalog.Href, false, cancellationToken) : client.PublishCatalogExternallyAsync(catalog.Href, false, null, null, null, cancellationToken);
}
