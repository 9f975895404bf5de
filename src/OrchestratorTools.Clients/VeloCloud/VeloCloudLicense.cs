using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>An edge licence (license/getEnterpriseEdgeLicenses, which no definition has; the members are those of an edge's licence).</summary>
public sealed class VeloCloudLicense : VeloCloudObject, IVeloCloudNamed
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "licenseId", "logicalId", "sku", "name", "alias", "quota", "termMonths", "start", "end", "edition", "bandwidthTier", "active", "edgeCount", "created", "modified",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudLicense(JsonElement e)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        LogicalId = VeloCloudJson.Text(e, "logicalId");
        Sku = VeloCloudJson.Text(e, "sku");
        Name = VeloCloudJson.Text(e, "name") ?? VeloCloudJson.Text(e, "alias") ?? string.Empty;
        Edition = VeloCloudJson.Text(e, "edition");
        BandwidthTier = VeloCloudJson.Text(e, "bandwidthTier");
        Quota = VeloCloudJson.Whole(e, "quota");
        EdgeCount = VeloCloudJson.Whole(e, "edgeCount");
        TermMonths = VeloCloudJson.Whole(e, "termMonths");
        Start = VeloCloudJson.Time(e, "start");
        End = VeloCloudJson.Time(e, "end");
        IsActive = VeloCloudJson.Flag(e, "active");
        Created = VeloCloudJson.Time(e, "created");
        Modified = VeloCloudJson.Time(e, "modified");
    }

    /// <summary>The licence's id, as an edge is given it.</summary>
    public long Id { get; }

    /// <summary>The logical id.</summary>
    public string? LogicalId { get; }

    /// <summary>The article number.</summary>
    public string? Sku { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>STANDARD, ENTERPRISE, PREMIUM, …</summary>
    public string? Edition { get; }

    /// <summary>The bandwidth, as the licence words it.</summary>
    public string? BandwidthTier { get; }

    /// <summary>How many edges may have it.</summary>
    public long? Quota { get; }

    /// <summary>How many edges have it, where the answer says so.</summary>
    public long? EdgeCount { get; }

    /// <summary>How long it holds, in months.</summary>
    public long? TermMonths { get; }

    /// <summary>From when it holds (UTC).</summary>
    public DateTimeOffset? Start { get; }

    /// <summary>Until when it holds (UTC); null where nobody said.</summary>
    public DateTimeOffset? End { get; }

    /// <summary>Whether it holds.</summary>
    public bool? IsActive { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>When it was changed last (UTC).</summary>
    public DateTimeOffset? Modified { get; }

    /// <summary>The enterprise that has it; null for an operator's kinds of licence.</summary>
    public long? EnterpriseId { get; internal set; }

    /// <summary>The enterprise's name, where it is known.</summary>
    public string? EnterpriseName { get; internal set; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
