using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>An API token: who it stands for, and where it is in its life.</summary>
internal sealed class ApiToken(int id, Account owner, Account creator, string name, string? description, DateTimeOffset created, TimeSpan life, string secret)
{
    public int Id => id;

    public Account Owner => owner;

    public string Name => name;

    public string? Description => description;

    public TimeSpan Life { get; private set; } = life;

    public string Secret => secret;

    public bool IsRevoked { get; set; }

    public bool IsDownloaded { get; set; }

    /// <summary>Ends its life now.</summary>
    public void Expire(DateTimeOffset now) => Life = now - created;

    public bool IsValid(DateTimeOffset now) => !IsRevoked && IsDownloaded && now < created + Life;

    /// <summary>What the lists of tokens show: everything but the token.</summary>
    public JsonObject Describe(DateTimeOffset now)
        => new()
        {
            ["id"] = id,
            ["created"] = VeloTime.Text(created),
            ["createdByEnterpriseUserId"] = creator.Tier == Tier.Operator ? null : creator.Id,
            ["createdByOperatorUserId"] = creator.Tier == Tier.Operator ? creator.Id : null,
            ["createdForEnterpriseUserId"] = owner.Tier == Tier.Operator ? null : owner.Id,
            ["createdForOperatorUserId"] = owner.Tier == Tier.Operator ? owner.Id : null,
            ["description"] = description,
            ["downloaded"] = IsDownloaded ? VeloTime.Text(created) : VeloTime.Never,
            ["enterpriseId"] = owner.EnterpriseId,
            ["enterpriseProxyId"] = owner.ProxyId,
            ["expiration"] = VeloTime.Text(created + Life),
            ["isRevoked"] = IsRevoked ? 1 : 0,
            ["modified"] = VeloTime.Text(created),
            ["name"] = name,
            ["networkId"] = VeloNetwork.Id,
            ["state"] = IsRevoked ? "REVOKED" : now >= created + Life ? "EXPIRED" : IsDownloaded ? "ENABLED" : "PENDING",
            ["tokenUuid"] = Invented.LogicalId("token", id),
        };
}
