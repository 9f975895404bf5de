using System.Collections.Frozen;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>A role that users have (role/getUserTypeRoles).</summary>
public sealed class VeloCloudRole : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "name", "description", "userType", "fromUserType", "roleType", "isCustom", "isSuper", "precedence", "enterpriseId", "enterpriseProxyId", "created", "modified",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudRole(JsonElement e)
    {
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        Name = VeloCloudJson.Text(e, "name") ?? string.Empty;
        Description = VeloCloudJson.Text(e, "description");
        UserType = VeloCloudJson.Text(e, "userType");
        FromUserType = VeloCloudJson.Text(e, "fromUserType");
        RoleType = VeloCloudJson.Text(e, "roleType");
        IsCustom = VeloCloudJson.Flag(e, "isCustom");
        IsSuper = VeloCloudJson.Flag(e, "isSuper");
        Precedence = VeloCloudJson.Whole(e, "precedence");
        EnterpriseId = VeloCloudJson.Whole(e, "enterpriseId");
        PartnerId = VeloCloudJson.Whole(e, "enterpriseProxyId");
        Created = VeloCloudJson.Time(e, "created");
        Modified = VeloCloudJson.Time(e, "modified");
    }

    /// <summary>The id.</summary>
    public long Id { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Free text.</summary>
    public string? Description { get; }

    /// <summary>The type of the users that have it: ENTERPRISE, MSP, OPERATOR, …</summary>
    public string? UserType { get; }

    /// <summary>The type of the users that made it.</summary>
    public string? FromUserType { get; }

    /// <summary>The kind of role, as the server writes it.</summary>
    public string? RoleType { get; }

    /// <summary>Whether somebody made it, instead of the vendor.</summary>
    public bool? IsCustom { get; }

    /// <summary>Whether it may do everything in its tier.</summary>
    public bool? IsSuper { get; }

    /// <summary>Its place among the roles.</summary>
    public long? Precedence { get; }

    /// <summary>The enterprise that it belongs to, where it is one's own.</summary>
    public long? EnterpriseId { get; }

    /// <summary>The partner that it belongs to, where it is one's own.</summary>
    public long? PartnerId { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>When it was changed last (UTC).</summary>
    public DateTimeOffset? Modified { get; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
