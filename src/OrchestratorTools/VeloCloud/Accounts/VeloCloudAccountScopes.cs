using System.Globalization;
using System.Management.Automation;
using OrchestratorTools.Clients.Http;
using OrchestratorTools.Clients.VeloCloud;

namespace OrchestratorTools.VeloCloud;

/// <summary>Finds out whose users and tokens -Enterprise, -Partner and -Operator mean; without any of them: the account's own colleagues.</summary>
internal sealed class VeloCloudAccountScopes
{
    private readonly VeloCloudEnterpriseResolver _enterprises = new();

    /// <summary>Throws where more than one of them is given.</summary>
    public static string? Contradiction(bool enterprise, bool partner, bool isOperator)
        => (enterprise ? 1 : 0) + (partner ? 1 : 0) + (isOperator ? 1 : 0) > 1 ? "-Enterprise, -Partner and -Operator each mean other users: give one of them." : null;

    /// <summary>The scopes that are meant, at least one.</summary>
    public async Task<IReadOnlyList<VeloCloudAccountScope>> ResolveAsync(
        VeloCloudSession session, VeloCloudClient client, VeloCloudEnterpriseArgument? enterprise, VeloCloudPartnerArgument? partner, bool isOperator, CancellationToken cancellationToken)
    {
        if (isOperator)
        {
            return [new VeloCloudAccountScope(VeloCloudTier.Operator, null, null, null)];
        }

        if (partner is not null)
        {
            return [new VeloCloudAccountScope(VeloCloudTier.Partner, null, partner.Id, partner.Name)];
        }

        var tier = enterprise is null ? await client.GetTierAsync(cancellationToken).ConfigureAwait(false) : VeloCloudTier.Customer;
        if (tier is not VeloCloudTier.Customer)
        {
            return [new VeloCloudAccountScope(tier, null, null, null)];
        }

        return (await _enterprises.ResolveAsync(session, client, enterprise, cancellationToken).ConfigureAwait(false))
            .Select(e => new VeloCloudAccountScope(VeloCloudTier.Customer, e.Id, null, e.Name)).ToArray();
    }

    /// <summary>The one scope that is meant; throws where several are.</summary>
    public async Task<VeloCloudAccountScope> ResolveOneAsync(
        VeloCloudSession session, VeloCloudClient client, VeloCloudEnterpriseArgument? enterprise, VeloCloudPartnerArgument? partner, bool isOperator, CancellationToken cancellationToken)
    {
        var found = await ResolveAsync(session, client, enterprise, partner, isOperator, cancellationToken).ConfigureAwait(false);
        return found is [var one] ? one : throw VeloCloudMessages.Ambiguous("Enterprise", enterprise!.Name, "enterprises", found.Select(f => f.ToString()));
    }

    /// <summary>Whose user or token an object is, where it came from another process and knows no more than its properties.</summary>
    public static VeloCloudAccountScope? Of(PSObject value)
        => value.BaseObject switch
        {
            VeloCloudUser user => user.Scope,
            VeloCloudApiToken token => token.Scope,
            _ => Enum.TryParse<VeloCloudTier>(value.Properties["Tier"]?.Value?.ToString(), ignoreCase: true, out var tier) && tier is not VeloCloudTier.Unknown
                ? new VeloCloudAccountScope(tier, tier is VeloCloudTier.Customer ? Number(value, "EnterpriseId") : null, tier is VeloCloudTier.Partner ? Number(value, "PartnerId") : null, null)
                : null,
        };

    /// <summary>A whole number among an object's properties.</summary>
    public static long? Number(PSObject value, string name)
        => value.Properties[name]?.Value is { } found && LanguagePrimitives.TryConvertTo<long>(found, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
}
