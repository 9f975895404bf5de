using System.Collections.Frozen;
using System.Security;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>An API token. The token itself is there only in what made it.</summary>
public sealed class VeloCloudApiToken : VeloCloudObject
{
    private static readonly FrozenSet<string> Known = new[]
    {
        "id", "name", "description", "state", "isRevoked", "created", "expiration", "downloaded", "modified", "tokenUuid", "enterpriseId", "enterpriseProxyId",
        "createdForEnterpriseUserId", "createdForOperatorUserId", "createdByEnterpriseUserId", "createdByOperatorUserId",

        // Nobody's to see.
        "token", "apiToken",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal VeloCloudApiToken(JsonElement e, VeloCloudTier tier)
    {
        Tier = tier;
        Id = VeloCloudJson.Whole(e, "id") ?? 0;
        Name = VeloCloudJson.Text(e, "name") ?? string.Empty;
        Description = VeloCloudJson.Text(e, "description");
        State = VeloCloudJson.Text(e, "state");
        IsRevoked = VeloCloudJson.Flag(e, "isRevoked");
        Created = VeloCloudJson.Time(e, "created");
        Expires = VeloCloudJson.Time(e, "expiration");
        Downloaded = VeloCloudJson.Time(e, "downloaded");
        Modified = VeloCloudJson.Time(e, "modified");
        Uuid = VeloCloudJson.Text(e, "tokenUuid");
        UserId = VeloCloudJson.Whole(e, "createdForEnterpriseUserId") ?? VeloCloudJson.Whole(e, "createdForOperatorUserId");
        CreatorId = VeloCloudJson.Whole(e, "createdByEnterpriseUserId") ?? VeloCloudJson.Whole(e, "createdByOperatorUserId");
        EnterpriseId = VeloCloudJson.Whole(e, "enterpriseId");
        PartnerId = VeloCloudJson.Whole(e, "enterpriseProxyId");
    }

    /// <summary>The id: what a token is revoked by.</summary>
    public long Id { get; }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Free text.</summary>
    public string? Description { get; }

    /// <summary>Customer, Partner or Operator: whose user it stands for.</summary>
    public VeloCloudTier Tier { get; }

    /// <summary>The state, as the server writes it.</summary>
    public string? State { get; }

    /// <summary>Whether it was revoked.</summary>
    public bool? IsRevoked { get; }

    /// <summary>The user that it stands for.</summary>
    public long? UserId { get; }

    /// <summary>The user who made it.</summary>
    public long? CreatorId { get; }

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset? Created { get; }

    /// <summary>When it ends (UTC).</summary>
    public DateTimeOffset? Expires { get; }

    /// <summary>When it was downloaded (UTC); null of one that never was.</summary>
    public DateTimeOffset? Downloaded { get; }

    /// <summary>When it was changed last (UTC).</summary>
    public DateTimeOffset? Modified { get; }

    /// <summary>The token's own id, which stands in it.</summary>
    public string? Uuid { get; }

    /// <summary>A customer's: the enterprise.</summary>
    public long? EnterpriseId { get; internal set; }

    /// <summary>A partner's: the partner.</summary>
    public long? PartnerId { get; internal set; }

    /// <summary>The token itself, for Connect-VeloCloud -Token: only right after it was made, and not where it was written to a file.</summary>
    public SecureString? Token { get; internal set; }

    /// <summary>The file that the token was written to.</summary>
    public string? TokenFile { get; internal set; }

    /// <inheritdoc/>
    private protected override FrozenSet<string> KnownMembers => Known;

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Whose token this is.</summary>
    internal VeloCloudAccountScope Scope => new(Tier, Tier is VeloCloudTier.Customer ? EnterpriseId : null, Tier is VeloCloudTier.Partner ? PartnerId : null, null);
}
