using System.Globalization;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Whose users, roles and tokens are meant: an enterprise's, a partner's or the operator's. Each has methods of its own (facts/velocloud.md, "API tokens", "users").</summary>
/// <param name="Tier">Which of the three.</param>
/// <param name="EnterpriseId">The enterprise; null where the credential says which (a customer's own).</param>
/// <param name="PartnerId">The partner; null where the credential says which (a partner's own).</param>
/// <param name="Name">The enterprise's or partner's name, where it is known.</param>
public sealed record VeloCloudAccountScope(VeloCloudTier Tier, long? EnterpriseId, long? PartnerId, string? Name)
{
    /// <summary>How the portal API calls the type of such users.</summary>
    public string UserType => UserTypeOf(Tier);

    /// <summary>How the portal API calls the type of a tier's users.</summary>
    public static string UserTypeOf(VeloCloudTier tier) => tier switch
    {
        VeloCloudTier.Operator => "OPERATOR",
        VeloCloudTier.Partner => "MSP",
        _ => "ENTERPRISE",
    };

    /// <summary>In words, for questions.</summary>
    public override string ToString() => Tier switch
    {
        VeloCloudTier.Operator => "the operator",
        VeloCloudTier.Partner => Named("partner", PartnerId),
        _ => Named("enterprise", EnterpriseId),
    };

    private string Named(string what, long? id)
    {
        var number = id?.ToString(CultureInfo.InvariantCulture);
        return Name is { Length: > 0 } ? number is null ? $"{what} '{Name}'" : $"{what} '{Name}' (id {number})" : number is null ? $"the account's own {what}" : $"{what} {number}";
    }
}
