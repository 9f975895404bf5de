using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A line of the firewalls' log (firewall/getEnterpriseFirewallLogs).</summary>
public sealed class VeloCloudFirewallLogEntry : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "timestamp", "messageType", "allow", "edgeId", "ruleLogicalId", "interface", "protocol", "sourceIp", "sourcePort", "destIp", "destPort", "icmpType", "application", "length", "bytesSent", "bytesReceived", "durationSecs", "reason",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudFirewallLogEntry(JsonElement e)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        Time = VeloCloudJson.Time(e, "timestamp");
        Type = VeloCloudJson.Text(e, "messageType");
        IsAllowed = VeloCloudJson.Flag(e, "allow");
        EdgeId = VeloCloudJson.Whole(e, "edgeId");
        Rule = VeloCloudJson.Text(e, "ruleLogicalId");
        Interface = VeloCloudJson.Text(e, "interface");
        Protocol = VeloCloudJson.Text(e, "protocol");
        SourceIp = VeloCloudJson.Text(e, "sourceIp");
        SourcePort = VeloCloudJson.Whole(e, "sourcePort");
        DestinationIp = VeloCloudJson.Text(e, "destIp");
        DestinationPort = VeloCloudJson.Whole(e, "destPort");
        IcmpType = VeloCloudJson.Text(e, "icmpType");
        Application = VeloCloudJson.Text(e, "application");
        Length = VeloCloudJson.Whole(e, "length");
        BytesSent = VeloCloudJson.Whole(e, "bytesSent");
        BytesReceived = VeloCloudJson.Whole(e, "bytesReceived");
        DurationSeconds = VeloCloudJson.Whole(e, "durationSecs");
        Reason = VeloCloudJson.Text(e, "reason");
    }

    /// <summary>The line's id.</summary>
    public long Id { get; }

    /// <summary>When it happened (UTC).</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>DENY, OPEN, CLOSE, ALLOW, …; empty at servers that do not tell.</summary>
    public string? Type { get; }

    /// <summary>Whether the traffic was let through.</summary>
    public bool? IsAllowed { get; }

    /// <summary>The edge's id.</summary>
    public long? EdgeId { get; }

    /// <summary>The rule's logical id.</summary>
    public string? Rule { get; }

    /// <summary>The edge's interface.</summary>
    public string? Interface { get; }

    /// <summary>TCP, UDP, ICMP, GRE, …</summary>
    public string? Protocol { get; }

    /// <summary>Where it came from.</summary>
    public string? SourceIp { get; }

    /// <summary>The port there.</summary>
    public long? SourcePort { get; }

    /// <summary>Where it was to go.</summary>
    public string? DestinationIp { get; }

    /// <summary>The port there.</summary>
    public long? DestinationPort { get; }

    /// <summary>The ICMP type.</summary>
    public string? IcmpType { get; }

    /// <summary>The application, as the edge recognized it.</summary>
    public string? Application { get; }

    /// <summary>The length of the packet in bytes.</summary>
    public long? Length { get; }

    /// <summary>Bytes sent, where the line closes a flow.</summary>
    public long? BytesSent { get; }

    /// <summary>Bytes received, where the line closes a flow.</summary>
    public long? BytesReceived { get; }

    /// <summary>How long the flow was, in seconds.</summary>
    public long? DurationSeconds { get; }

    /// <summary>Why it was not let through.</summary>
    public string? Reason { get; }

    /// <summary>The enterprise's id, where the request named one.</summary>
    public long? EnterpriseId { get; internal set; }

    /// <summary>The enterprise's name, where the request knew it.</summary>
    public string? EnterpriseName { get; internal set; }

    /// <summary>The rule's name, where the answer told it.</summary>
    public string? RuleName { get; internal set; }

    /// <inheritdoc/>
    internal override object? ListKey => Id == 0 ? base.ListKey : Id;

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>From where to where.</summary>
    public override string ToString() => $"{Protocol} {SourceIp}:{SourcePort} -> {DestinationIp}:{DestinationPort}";
}
