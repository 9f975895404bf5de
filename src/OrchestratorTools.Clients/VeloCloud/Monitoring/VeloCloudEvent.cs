using System.Collections.Frozen;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>An event of an enterprise, a partner or the operator (event/getEnterpriseEvents, getProxyEvents, getOperatorEvents).</summary>
public sealed class VeloCloudEvent : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "eventTime", "event", "category", "severity", "message", "detail", "enterpriseUsername", "operatorUsername", "proxyUsername", "edgeName", "segmentName", "gatewayName", "enterpriseName", "networkName",
    }.ToFrozenSet(StringComparer.Ordinal);

    private object? _detail;
    private bool _isDetailRead;

    internal VeloCloudEvent(JsonElement e)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        Time = VeloCloudJson.Time(e, "eventTime");
        Type = VeloCloudJson.Text(e, "event") ?? string.Empty;
        Category = VeloCloudJson.Text(e, "category");
        Severity = VeloCloudJson.Text(e, "severity");
        Message = VeloCloudJson.Text(e, "message");
        User = VeloCloudJson.Text(e, "enterpriseUsername") ?? VeloCloudJson.Text(e, "proxyUsername") ?? VeloCloudJson.Text(e, "operatorUsername");
        EdgeName = VeloCloudJson.Text(e, "edgeName") ?? VeloCloudJson.Text(VeloCloudMonitoring.Member(e, "edge"), "name");
        SegmentName = VeloCloudJson.Text(e, "segmentName");
        GatewayName = VeloCloudJson.Text(e, "gatewayName");
        EnterpriseName = VeloCloudJson.Text(e, "enterpriseName");
        NetworkName = VeloCloudJson.Text(e, "networkName");
    }

    /// <summary>The event's id; 0 where APIv2 told of it, which has none.</summary>
    public long Id { get; }

    /// <summary>When it happened (UTC).</summary>
    public DateTimeOffset? Time { get; }

    /// <summary>What happened: EDGE_DOWN, LINK_ALIVE, USER_LOGIN, …</summary>
    public string Type { get; }

    /// <summary>EDGE, NETWORK, USER, SYSTEM, …</summary>
    public string? Category { get; }

    /// <summary>EMERGENCY, ALERT, CRITICAL, ERROR, WARNING, NOTICE, INFO or DEBUG.</summary>
    public string? Severity { get; }

    /// <summary>In words.</summary>
    public string? Message { get; }

    /// <summary>Who did it.</summary>
    public string? User { get; }

    /// <summary>The edge.</summary>
    public string? EdgeName { get; }

    /// <summary>The segment.</summary>
    public string? SegmentName { get; }

    /// <summary>The gateway; in the logs of partners and operators.</summary>
    public string? GatewayName { get; }

    /// <summary>The enterprise: where the request named one, or where the log of a partner tells.</summary>
    public string? EnterpriseName { get; internal set; }

    /// <summary>The network; in the logs of partners and operators.</summary>
    public string? NetworkName { get; }

    /// <summary>
    /// The detail: the server sends JSON inside a text, and this is what it holds (a dictionary for an object, letter case aside). A text that is no JSON stays a text. Read when it is asked for.
    /// </summary>
    public object? Detail
    {
        get
        {
            if (!_isDetailRead)
            {
                using var document = Parse();
                _detail = Read(document.RootElement);
                _isDetailRead = true;
            }

            return _detail;
        }
    }

    /// <inheritdoc/>
    internal override object? ListKey => Id == 0 ? base.ListKey : Id;

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>What happened.</summary>
    public override string ToString() => EdgeName is { } edge ? $"{Type}: {edge}" : Type;

    private static object? Read(JsonElement root)
    {
        if (!root.TryGetProperty("detail", out var detail) || detail.ValueKind is not JsonValueKind.String)
        {
            return detail.ValueKind is JsonValueKind.Undefined ? null : VeloCloudJson.Plain(detail);
        }

        var text = JsonText.Of(detail);
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
        {
            return text;
        }

        try
        {
            using var inner = JsonDocument.Parse(text, VeloCloudJson.Options);
            return VeloCloudJson.Plain(inner.RootElement);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
