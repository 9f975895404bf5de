using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A pool of gateways that enterprises are given (network/getNetworkGatewayPools, enterpriseProxy/getEnterpriseProxyGatewayPools).</summary>
public sealed class VeloCloudGatewayPool : VeloCloudObject, IVeloCloudNamed
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "logicalId", "name", "description", "enterpriseProxyId", "networkId", "isDefault", "handOffType", "ipV4Enabled", "ipV6Enabled", "created", "modified", "gateways", "enterprises",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudGatewayPool(JsonElement e)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        LogicalId = VeloCloudJson.Text(e, "logicalId");
        Name = VeloCloudJson.Text(e, "name") ?? string.Empty;
        Description = VeloCloudJson.Text(e, "description");
        PartnerId = VeloCloudJson.Whole(e, "enterpriseProxyId");
        IsDefault = VeloCloudJson.Flag(e, "isDefault");
        HandOffType = VeloCloudJson.Text(e, "handOffType");
        IPv4Enabled = VeloCloudJson.Flag(e, "ipV4Enabled");
        IPv6Enabled = VeloCloudJson.Flag(e, "ipV6Enabled");
        Created = VeloCloudJson.Time(e, "created");
        Modified = VeloCloudJson.Time(e, "modified");
        Gateway = Names(e, "gateways");
        Enterprise = Names(e, "enterprises");
    }

    /// <summary>The pool's id.</summary>
    public long Id { get; }

    /// <summary>The id that APIv2 takes.</summary>
    public string? LogicalId { get; }

    /// <summary>The pool's name.</summary>
    public string Name { get; }

    /// <summary>Free text.</summary>
    public string? Description { get; }

    /// <summary>The partner whose pool it is; null for the operator's.</summary>
    public long? PartnerId { get; }

    /// <summary>Whether enterprises are given it where nothing else is said.</summary>
    public bool? IsDefault { get; }

    /// <summary>Whether its gateways hand traffic over to the partner's network: NONE, ALLOW, ONLY.</summary>
    public string? HandOffType { get; }

    /// <summary>Whether its gateways speak IPv4.</summary>
    public bool? IPv4Enabled { get; }

    /// <summary>Whether its gateways speak IPv6.</summary>
    public bool? IPv6Enabled { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>When it was changed last (UTC).</summary>
    public DateTimeOffset? Modified { get; }

    /// <summary>The names of its gateways.</summary>
    public IReadOnlyList<string> Gateway { get; }

    /// <summary>The names of the enterprises that have it.</summary>
    public IReadOnlyList<string> Enterprise { get; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static string[] Names(JsonElement e, string member)
        => e.TryGetProperty(member, out var list) && list.ValueKind is JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(g => g.ValueKind is JsonValueKind.Object).Select(g => VeloCloudJson.Text(g, "name")).OfType<string>()]
            : [];
}
