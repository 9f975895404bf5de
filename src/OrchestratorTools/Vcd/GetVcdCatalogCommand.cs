using System.Management.Automation;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Lists catalogs.</summary>
[Cmdlet(VerbsCommon.Get, "VcdCatalog", DefaultParameterSetName = NameSet)]
[OutputType(typeof(VcdCatalog))]
public sealed class GetVcdCatalogCommand : VcdChildCmdlet<VcdCatalog>
{
    /// <inheritdoc/>
    private protected override IReadOnlyList<VcdParent<VcdCatalog>> Parents =>
    [
        new VcdParent<VcdCatalog, VcdOrg>("Organization", "orgName", static c => c.Organization, static c => c.OrganizationHref, Organization),
    ];

    // An organization sees what others share with it: their name only says whose catalogs are meant.
    private protected override IEnumerable<VcdTenant?> OrganizationsOf(VcdSession session, VcdOrgArgument[]? wanted)
        => session.IsProvider ? base.OrganizationsOf(session, wanted) : [null];
}
