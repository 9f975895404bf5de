using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Another end of an edge's SD-WAN tunnels, and how good the paths to it are (edge/getEdgeSDWANPeers). Scores go from 0 to 10 [inferred].</summary>
public sealed class VeloCloudPeer : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "peerName", "peerType", "deviceLogicalId", "edgeLogicalId", "description", "pathQoe", "scoreAfterVoice", "scoreAfterVideo", "scoreAfterTrans", "pathStatusCount",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudPeer(JsonElement e)
    {
        Name = VeloCloudJson.Text(e, "peerName") ?? string.Empty;
        Type = VeloCloudJson.Text(e, "peerType");
        LogicalId = VeloCloudJson.Text(e, "deviceLogicalId");
        EdgeLogicalId = VeloCloudJson.Text(e, "edgeLogicalId");
        Description = VeloCloudJson.Text(e, "description");
        Quality = VeloCloudJson.Number(e, "pathQoe");
        VoiceScore = VeloCloudJson.Number(e, "scoreAfterVoice");
        VideoScore = VeloCloudJson.Number(e, "scoreAfterVideo");
        TransactionalScore = VeloCloudJson.Number(e, "scoreAfterTrans");
        var paths = VeloCloudMonitoring.Member(e, "pathStatusCount");
        PathCount = VeloCloudJson.Whole(paths, "total");
        StablePathCount = VeloCloudJson.Whole(paths, "stable");
        DeadPathCount = VeloCloudJson.Whole(paths, "dead");
    }

    /// <summary>The name of the other edge or gateway.</summary>
    public string Name { get; }

    /// <summary>GATEWAY, HUB, BRANCH, …</summary>
    public string? Type { get; }

    /// <summary>The logical id of the other end.</summary>
    public string? LogicalId { get; }

    /// <summary>The edge's own logical id.</summary>
    public string? EdgeLogicalId { get; }

    /// <summary>Free text.</summary>
    public string? Description { get; }

    /// <summary>How good the paths are.</summary>
    public double? Quality { get; }

    /// <summary>How good they are for voice, after the edge made the best of them.</summary>
    public double? VoiceScore { get; }

    /// <summary>The same for video.</summary>
    public double? VideoScore { get; }

    /// <summary>The same for other traffic.</summary>
    public double? TransactionalScore { get; }

    /// <summary>The edge's id.</summary>
    public long EdgeId { get; internal set; }

    /// <summary>The edge's name, where the request knew it.</summary>
    public string? EdgeName { get; internal set; }

    /// <summary>The enterprise's id, where the request named one.</summary>
    public long? EnterpriseId { get; internal set; }

    /// <summary>The enterprise's name, where the request knew it.</summary>
    public string? EnterpriseName { get; internal set; }

    /// <summary>How many paths there are.</summary>
    public long? PathCount { get; private init; }

    /// <summary>How many of them are stable.</summary>
    public long? StablePathCount { get; private init; }

    /// <summary>How many of them are dead.</summary>
    public long? DeadPathCount { get; private init; }

    /// <inheritdoc/>
    internal override object? ListKey => LogicalId;

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
