using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A device behind an edge (APIv2, clientDevices).</summary>
public sealed class VeloCloudClientDevice : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "logicalId", "hostName", "ipAddress", "macAddress", "osName", "osVersion", "deviceType", "deviceModel", "segmentId", "lastContact", "created", "modified", "edge", "enterprise",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudClientDevice(JsonElement e)
    {
        LogicalId = VeloCloudJson.Text(e, "logicalId") ?? string.Empty;
        HostName = VeloCloudJson.Text(e, "hostName") ?? string.Empty;
        IpAddress = VeloCloudJson.Text(e, "ipAddress");
        MacAddress = VeloCloudJson.Text(e, "macAddress");
        OperatingSystem = VeloCloudJson.Text(e, "osName");
        OperatingSystemVersion = VeloCloudJson.Text(e, "osVersion");
        DeviceType = VeloCloudJson.Text(e, "deviceType");
        DeviceModel = VeloCloudJson.Text(e, "deviceModel");
        SegmentId = VeloCloudJson.Whole(e, "segmentId");
        LastContact = VeloCloudJson.Time(e, "lastContact");
        Created = VeloCloudJson.Time(e, "created");
        Modified = VeloCloudJson.Time(e, "modified");
        var edge = VeloCloudMonitoring.Member(e, "edge");
        EdgeLogicalId = VeloCloudMonitoring.LogicalIdOf(edge, "edges");
        EdgeName = VeloCloudJson.Text(edge, "name");
    }

    /// <summary>The device's id in APIv2.</summary>
    public string LogicalId { get; }

    /// <summary>The device's name.</summary>
    public string HostName { get; }

    /// <summary>The address.</summary>
    public string? IpAddress { get; }

    /// <summary>The hardware address.</summary>
    public string? MacAddress { get; }

    /// <summary>The operating system.</summary>
    public string? OperatingSystem { get; }

    /// <summary>The operating system's version.</summary>
    public string? OperatingSystemVersion { get; }

    /// <summary>The kind of device.</summary>
    public string? DeviceType { get; }

    /// <summary>The model.</summary>
    public string? DeviceModel { get; }

    /// <summary>The segment's id.</summary>
    public long? SegmentId { get; }

    /// <summary>When it was seen last (UTC).</summary>
    public DateTimeOffset? LastContact { get; }

    /// <summary>When it was seen first (UTC).</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>When it was changed last (UTC).</summary>
    public DateTimeOffset? Modified { get; }

    /// <summary>The edge's logical id.</summary>
    public string? EdgeLogicalId { get; private init; }

    /// <summary>The edge's name, where the request knew it.</summary>
    public string? EdgeName { get; internal set; }

    /// <summary>The enterprise's id, where the request named one.</summary>
    public long? EnterpriseId { get; internal set; }

    /// <summary>The enterprise's name, where the request knew it.</summary>
    public string? EnterpriseName { get; internal set; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The name.</summary>
    public override string ToString() => HostName.Length > 0 ? HostName : MacAddress ?? LogicalId;
}
