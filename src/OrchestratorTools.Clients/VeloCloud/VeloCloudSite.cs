using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Where an edge stands and whom to call there. Came inside an edge; its members are named as an enterprise's [inferred].</summary>
public sealed class VeloCloudSite : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "name", "logicalId", "contactName", "contactEmail", "contactPhone", "contactMobile", "streetAddress", "streetAddress2", "city", "state", "postalCode", "country", "lat", "lon", "timezone", "locale",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudSite(JsonElement e)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        LogicalId = VeloCloudJson.Text(e, "logicalId");
        Name = VeloCloudJson.Text(e, "name") ?? string.Empty;
        ContactName = VeloCloudJson.Text(e, "contactName");
        ContactEmail = VeloCloudJson.Text(e, "contactEmail");
        ContactPhone = VeloCloudJson.Text(e, "contactPhone");
        ContactMobile = VeloCloudJson.Text(e, "contactMobile");
        Address = VeloCloudAddress.Read(e);
        TimeZone = VeloCloudJson.Text(e, "timezone");
        Locale = VeloCloudJson.Text(e, "locale");
    }

    /// <summary>The site's id.</summary>
    public long Id { get; }

    /// <summary>The id that APIv2 takes.</summary>
    public string? LogicalId { get; }

    /// <summary>The site's name.</summary>
    public string Name { get; }

    /// <summary>The contact.</summary>
    public string? ContactName { get; }

    /// <summary>The contact's e-mail address.</summary>
    public string? ContactEmail { get; }

    /// <summary>The contact's telephone.</summary>
    public string? ContactPhone { get; }

    /// <summary>The contact's mobile.</summary>
    public string? ContactMobile { get; }

    /// <summary>Where it is.</summary>
    public VeloCloudAddress Address { get; }

    /// <summary>The time zone.</summary>
    public string? TimeZone { get; }

    /// <summary>The language.</summary>
    public string? Locale { get; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The name, or the address where there is no name.</summary>
    public override string ToString() => Name.Length > 0 ? Name : Address.ToString();
}
