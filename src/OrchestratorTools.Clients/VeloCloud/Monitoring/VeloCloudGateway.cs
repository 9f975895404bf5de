using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A gateway (network/getNetworkGateways, enterpriseProxy/getEnterpriseProxyGateways).</summary>
public sealed class VeloCloudGateway : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "logicalId", "name", "gatewayState", "serviceState", "activationState", "activationTime", "ipAddress", "privateIpAddress", "dnsName", "connectedEdges", "utilization", "softwareVersion", "buildNumber", "lastContact", "systemUpSince", "serviceUpSince", "enterpriseProxyId", "networkId", "description", "endpointPkiMode", "bastionState", "created", "modified", "activationKey",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudGateway(JsonElement e)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        LogicalId = VeloCloudJson.Text(e, "logicalId");
        Name = VeloCloudJson.Text(e, "name") ?? string.Empty;
        State = VeloCloudJson.Text(e, "gatewayState");
        ServiceState = VeloCloudJson.Text(e, "serviceState");
        ActivationState = VeloCloudJson.Text(e, "activationState");
        ActivationTime = VeloCloudJson.Time(e, "activationTime");
        IpAddress = VeloCloudJson.Text(e, "ipAddress");
        PrivateIpAddress = VeloCloudJson.Text(e, "privateIpAddress");
        DnsName = VeloCloudJson.Text(e, "dnsName");
        ConnectedEdges = VeloCloudJson.Whole(e, "connectedEdges");
        Utilization = VeloCloudJson.Number(e, "utilization");
        SoftwareVersion = VeloCloudJson.Text(e, "softwareVersion");
        BuildNumber = VeloCloudJson.Text(e, "buildNumber");
        LastContact = VeloCloudJson.Time(e, "lastContact");
        SystemUpSince = VeloCloudJson.Time(e, "systemUpSince");
        ServiceUpSince = VeloCloudJson.Time(e, "serviceUpSince");
        PartnerId = VeloCloudJson.Whole(e, "enterpriseProxyId");
        NetworkId = VeloCloudJson.Whole(e, "networkId");
        Description = VeloCloudJson.Text(e, "description");
        EndpointPkiMode = VeloCloudJson.Text(e, "endpointPkiMode");
        BastionState = VeloCloudJson.Text(e, "bastionState");
        Created = VeloCloudJson.Time(e, "created");
        Modified = VeloCloudJson.Time(e, "modified");
    }

    /// <summary>The gateway's id.</summary>
    public long Id { get; }

    /// <summary>The id that APIv2 takes.</summary>
    public string? LogicalId { get; }

    /// <summary>The gateway's name.</summary>
    public string Name { get; }

    /// <summary>CONNECTED, DEGRADED, OFFLINE, QUIESCED, …</summary>
    public string? State { get; }

    /// <summary>IN_SERVICE, OUT_OF_SERVICE, QUIESCED, …</summary>
    public string? ServiceState { get; }

    /// <summary>PENDING, ACTIVATED, …</summary>
    public string? ActivationState { get; }

    /// <summary>When it was activated (UTC).</summary>
    public DateTimeOffset? ActivationTime { get; }

    /// <summary>The address outside.</summary>
    public string? IpAddress { get; }

    /// <summary>The address inside.</summary>
    public string? PrivateIpAddress { get; }

    /// <summary>The name in the DNS.</summary>
    public string? DnsName { get; }

    /// <summary>How many edges are connected.</summary>
    public long? ConnectedEdges { get; }

    /// <summary>How busy it is.</summary>
    public double? Utilization { get; }

    /// <summary>The software's version.</summary>
    public string? SoftwareVersion { get; }

    /// <summary>The software's build.</summary>
    public string? BuildNumber { get; }

    /// <summary>When it spoke to the Orchestrator last (UTC).</summary>
    public DateTimeOffset? LastContact { get; }

    /// <summary>Since when the machine runs (UTC).</summary>
    public DateTimeOffset? SystemUpSince { get; }

    /// <summary>Since when its service runs (UTC).</summary>
    public DateTimeOffset? ServiceUpSince { get; }

    /// <summary>The partner that it belongs to.</summary>
    public long? PartnerId { get; }

    /// <summary>The network.</summary>
    public long? NetworkId { get; }

    /// <summary>Free text.</summary>
    public string? Description { get; }

    /// <summary>How it proves who it is.</summary>
    public string? EndpointPkiMode { get; }

    /// <summary>The bastion's state.</summary>
    public string? BastionState { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>When it was changed last (UTC).</summary>
    public DateTimeOffset? Modified { get; }

    /// <summary>The activation key: who has it can activate a machine as this gateway. A method, so that no view, conversion or export shows it.</summary>
    public string? GetActivationKey()
    {
        using var document = Parse();
        return VeloCloudJson.Text(document.RootElement, "activationKey");
    }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
