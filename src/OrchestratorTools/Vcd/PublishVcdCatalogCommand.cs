using System.Management.Automation;
using System.Security;
using OrchestratorTools.Clients.Vcd;

namespace OrchestratorTools.Vcd;

/// <summary>Publishes catalogs: to other clouds, which then subscribe to them, or to all organizations of this one.</summary>
[Cmdlet(VerbsData.Publish, "VcdCatalog", DefaultParameterSetName = ExternalSet, SupportsShouldProcess = true)]
[OutputType(typeof(VcdCatalog))]
public sealed class PublishVcdCatalogCommand : VcdPublicationCmdlet
{
    /// <summary>The password that subscribers need; without it none is sent.</summary>
    [Parameter(ParameterSetName = ExternalSet)]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>BIOS UUIDs and MAC addresses go along with templates; -PreserveIdentity:$false ends that.</summary>
    [Parameter(ParameterSetName = ExternalSet)]
    public SwitchParameter PreserveIdentity { get; set; }

    /// <summary>Items are prepared for subscribers at once, not when they ask first; -EnableCache:$false ends that.</summary>
    [Parameter(ParameterSetName = ExternalSet)]
    public SwitchParameter EnableCache { get; set; }

    /// <inheritdoc/>
    private protected override string Action => AllOrganizations ? "Publish to all organizations" : $"Publish to other clouds{(Password is null ? " without a password" : " with a password")}";

    /// <inheritdoc/>
    private protected override Task<VcdChange> SendAsync(VcdClient client, VcdCatalog catalog, CancellationToken cancellationToken)
        => AllOrganizations
            ? client.PublishCatalogAsync(catalog.Href, true, cancellationToken)
            : client.PublishCatalogExternallyAsync(catalog.Href, true, Password, Said(nameof(EnableCache), EnableCache), Said(nameof(PreserveIdentity), PreserveIdentity), cancellationToken);

    // A switch that is not typed leaves the server's setting.
    private bool? Said(string parameter, SwitchParameter value) => MyInvocation.BoundParameters.ContainsKey(parameter) ? value.ToBool() : null;
}
