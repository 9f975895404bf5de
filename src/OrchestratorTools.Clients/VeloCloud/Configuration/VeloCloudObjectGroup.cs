using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A group of addresses or of ports that rules refer to by its logical id (enterprise/getObjectGroups).</summary>
public sealed class VeloCloudObjectGroup : VeloCloudObject, IVeloCloudNamed
{
    private static readonly FrozenSet<string> Known = new[] { "id", "logicalId", "name", "type", "description", "data", "enterpriseId", "created", "modified", "version" }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudObjectGroup(JsonElement e)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        LogicalId = VeloCloudJson.Text(e, "logicalId");
        Name = VeloCloudJson.Text(e, "name") ?? string.Empty;
        Type = VeloCloudJson.Text(e, "type") ?? string.Empty;
        Description = VeloCloudJson.Text(e, "description");
        EnterpriseId = VeloCloudJson.Whole(e, "enterpriseId");
        Version = VeloCloudJson.Text(e, "version");
        Created = VeloCloudJson.Time(e, "created");
        Modified = VeloCloudJson.Time(e, "modified");
        e.TryGetProperty("data", out var data);
        Addresses = Type is ObjectGroupData.AddressType ? ObjectGroupData.Addresses(data) : [];
        Ports = Type is ObjectGroupData.PortType ? ObjectGroupData.Ports(data) : [];
    }

    /// <summary>The group's id.</summary>
    public long Id { get; }

    /// <summary>The id that rules name.</summary>
    public string? LogicalId { get; }

    /// <summary>The group's name.</summary>
    public string Name { get; }

    /// <summary>address_group or port_group, or what a later release adds.</summary>
    public string Type { get; }

    /// <summary>The addresses and nets of an address group: 192.0.2.1, 10.0.0.0/8; what a later release adds in its own words.</summary>
    public IReadOnlyList<string> Addresses { get; }

    /// <summary>The ports of a port group: tcp/443, udp/500-600.</summary>
    public IReadOnlyList<string> Ports { get; }

    /// <summary>What is in it, of either type.</summary>
    public IReadOnlyList<string> Members => Type is ObjectGroupData.PortType ? Ports : Addresses;

    /// <summary>Free text.</summary>
    public string? Description { get; }

    /// <summary>The enterprise.</summary>
    public long? EnterpriseId { get; }

    /// <summary>The enterprise's name, where it is known.</summary>
    public string? EnterpriseName { get; internal set; }

    /// <summary>The group's version.</summary>
    public string? Version { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>When it was changed last (UTC).</summary>
    public DateTimeOffset? Modified { get; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>The data as they stand; undefined where there are none.</summary>
    internal JsonElement Data()
    {
        using var document = Parse();
        return document.RootElement.TryGetProperty("data", out var data) ? data.Clone() : default;
    }
}
