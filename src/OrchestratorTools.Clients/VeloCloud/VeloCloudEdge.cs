using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>An edge (enterprise/getEnterpriseEdges, edge/getEdge). Times are UTC; words such as the state are kept as the server writes them, since releases add new ones.</summary>
public sealed class VeloCloudEdge : VeloCloudObject
{
    private IReadOnlyList<VeloCloudLink>? _links;
    private VeloCloudSite? _site;

    /// <summary>The id that every call of the portal API takes.</summary>
    public long Id { get; internal set; }

    /// <summary>The id that APIv2 takes.</summary>
    public string? LogicalId { get; internal set; }

    /// <summary>The edge's name.</summary>
    public string Name { get; internal set; } = string.Empty;

    /// <summary>The enterprise's id.</summary>
    public long EnterpriseId { get; internal set; }

    /// <summary>The enterprise's id in APIv2.</summary>
    public string? EnterpriseLogicalId { get; internal set; }

    /// <summary>The enterprise's name, where the request knew it.</summary>
    public string? EnterpriseName { get; internal set; }

    /// <summary>The site's id.</summary>
    public long? SiteId { get; internal set; }

    /// <summary>CONNECTED, DEGRADED, OFFLINE, NEVER_ACTIVATED, DISABLED, EXPIRED, …</summary>
    public string? State { get; internal set; }

    /// <summary>Since when it is in this state.</summary>
    public DateTimeOffset? StateTime { get; internal set; }

    /// <summary>UNASSIGNED, PENDING, ACTIVATED, REACTIVATION_PENDING, …</summary>
    public string? ActivationState { get; internal set; }

    /// <summary>When it was activated.</summary>
    public DateTimeOffset? ActivationTime { get; internal set; }

    /// <summary>When its activation key runs out. The key itself: <see cref="GetActivationKey"/>.</summary>
    public DateTimeOffset? ActivationKeyExpires { get; internal set; }

    /// <summary>IN_SERVICE, …</summary>
    public string? ServiceState { get; internal set; }

    /// <summary>When it spoke to the Orchestrator last.</summary>
    public DateTimeOffset? LastContact { get; internal set; }

    /// <summary>Since when the device runs.</summary>
    public DateTimeOffset? SystemUpSince { get; internal set; }

    /// <summary>Since when its service runs.</summary>
    public DateTimeOffset? ServiceUpSince { get; internal set; }

    /// <summary>Whether it is in live mode.</summary>
    public bool? IsLive { get; internal set; }

    /// <summary>Whether it is a hub.</summary>
    public bool? IsHub { get; internal set; }

    /// <summary>The device's serial number.</summary>
    public string? SerialNumber { get; internal set; }

    /// <summary>The model (edge620-n, …).</summary>
    public string? ModelNumber { get; internal set; }

    /// <summary>The model's family (EDGE6X0, …).</summary>
    public string? DeviceFamily { get; internal set; }

    /// <summary>The software's version.</summary>
    public string? SoftwareVersion { get; internal set; }

    /// <summary>The software's build.</summary>
    public string? BuildNumber { get; internal set; }

    /// <summary>When the software was changed last.</summary>
    public DateTimeOffset? SoftwareUpdated { get; internal set; }

    /// <summary>The state of the pair, where there are two devices (READY, FAILED, UNCONFIGURED, …).</summary>
    public string? HaState { get; internal set; }

    /// <summary>The second device's serial number.</summary>
    public string? HaSerialNumber { get; internal set; }

    /// <summary>The device's hardware address.</summary>
    public string? SelfMacAddress { get; internal set; }

    /// <summary>Free text.</summary>
    public string? Description { get; internal set; }

    /// <summary>Free text.</summary>
    public string? CustomInfo { get; internal set; }

    /// <summary>Whether the customer is alerted.</summary>
    public bool? AlertsEnabled { get; internal set; }

    /// <summary>Whether the operator is alerted.</summary>
    public bool? OperatorAlertsEnabled { get; internal set; }

    /// <summary>How it proves who it is (CERTIFICATE_OPTIONAL, …).</summary>
    public string? EndpointPkiMode { get; internal set; }

    /// <summary>The bastion's state.</summary>
    public string? BastionState { get; internal set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? Created { get; internal set; }

    /// <summary>When it was changed last.</summary>
    public DateTimeOffset? Modified { get; internal set; }

    /// <summary>
    /// The WAN links: those active in the last 24 hours where the answer has them, else all that were ever seen (facts/velocloud.md, "Quirks"). Null where they were not asked for.
    /// </summary>
    public IReadOnlyList<VeloCloudLink>? Link
    {
        get
        {
            if (_links is null)
            {
                using var document = Parse();
                if ((document.RootElement.TryGetProperty("recentLinks", out var links) && links.ValueKind is JsonValueKind.Array)
                    || (document.RootElement.TryGetProperty("links", out links) && links.ValueKind is JsonValueKind.Array))
                {
                    _links = links.EnumerateArray().Where(l => l.ValueKind is JsonValueKind.Object).Select(l => Adopt(new VeloCloudLink(l), l)).ToArray();
                }
            }

            return _links;
        }
    }

    /// <summary>Where it stands. Null where that was not asked for.</summary>
    public VeloCloudSite? Site
    {
        get
        {
            if (_site is null)
            {
                using var document = Parse();
                if (document.RootElement.TryGetProperty("site", out var site) && site.ValueKind is JsonValueKind.Object)
                {
                    _site = Adopt(new VeloCloudSite(site), site);
                }
            }

            return _site;
        }
    }

    /// <summary>The licences. Null where they were not asked for.</summary>
    public IReadOnlyList<VeloCloudLicense>? License
    {
        get
        {
            using var document = Parse();
            return document.RootElement.TryGetProperty("licenses", out var list) && list.ValueKind is JsonValueKind.Array
                ? list.EnumerateArray().Where(l => l.ValueKind is JsonValueKind.Object).Select(l => Adopt(new VeloCloudLicense(l) { EnterpriseId = EnterpriseId, EnterpriseName = EnterpriseName }, l)).ToArray()
                : null;
        }
    }

    /// <summary>The profile's id. Null where it was not asked for.</summary>
    public long? ProfileId => Configuration("enterprise").Id;

    /// <summary>The profile's name. Null where it was not asked for.</summary>
    public string? ProfileName => Configuration("enterprise").Name;

    /// <summary>The id of the software image (operator profile). Null where it was not asked for.</summary>
    public long? SoftwareImageId => Configuration("operator").Id;

    /// <summary>The name of the software image (operator profile). Null where it was not asked for.</summary>
    public string? SoftwareImageName => Configuration("operator").Name;

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => VeloCloudEdgeReader.KnownMembers;

    /// <summary>The activation key: who has it can activate a device as this edge. A method, so that no view, conversion or export shows it.</summary>
    public string? GetActivationKey()
    {
        using var document = Parse();
        return VeloCloudJson.Text(document.RootElement, "activationKey");
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private (long? Id, string? Name) Configuration(string of)
    {
        using var document = Parse();
        return document.RootElement.TryGetProperty("configuration", out var all) && all.ValueKind is JsonValueKind.Object && all.TryGetProperty(of, out var one) && one.ValueKind is JsonValueKind.Object
            ? (VeloCloudJson.Whole(one, "id"), VeloCloudJson.Text(one, "name"))
            : (null, null);
    }
}
