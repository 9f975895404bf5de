using System.Runtime.CompilerServices;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>What stands above the enterprises: partners and gateway pools.</summary>
public sealed partial class VeloCloudClient
{
    private const string PoolHint = "Get-VeloCloudGatewayPool shows the pools.";

    /// <summary>The partners that an operator's enterprises name. No method lists partners: one that looks after no enterprise is not seen.</summary>
    internal async Task<IReadOnlyList<VeloCloudPartner>> GetPartnersAsync(CancellationToken cancellationToken)
    {
        await RequireOperatorAsync("Partners", cancellationToken).ConfigureAwait(false);
        var found = new SortedDictionary<long, VeloCloudPartner>();
        await foreach (var enterprise in GetEnterprisesAsync(cancellationToken).ConfigureAwait(false))
        {
            if (enterprise.PartnerId is { } id)
            {
                if (!found.TryGetValue(id, out var partner))
                {
                    found[id] = partner = session.Stamp(new VeloCloudPartner(id, enterprise.PartnerName ?? string.Empty));
                }

                partner.EnterpriseCount++;
            }
        }

        return [.. found.Values];
    }

    /// <summary>The gateway pools that the session may see: an operator's, or a partner's.</summary>
    internal async IAsyncEnumerable<VeloCloudGatewayPool> GetGatewayPoolsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var isPartner = await RequireCarrierAsync("Gateway pools", cancellationToken).ConfigureAwait(false);
        var pools = ReadListAsync(
            isPartner ? "enterpriseProxy/getEnterpriseProxyGatewayPools" : "network/getNetworkGatewayPools",
            writer =>
            {
                if (!isPartner)
                {
                    writer.WriteNumber("networkId", VeloCloudAssumptions.NetworkId);
                }

                WriteTexts(writer, "with", ["gateways", "enterprises"]);
            },
            e => new VeloCloudGatewayPool(e),
            cancellationToken);
        await foreach (var pool in pools.ConfigureAwait(false))
        {
            yield return pool;
        }
    }

    /// <summary>Makes a gateway pool and returns its id.</summary>
    internal async Task<long> InsertGatewayPoolAsync(string name, long? partnerId, IReadOnlyDictionary<string, object?> members, CancellationToken cancellationToken)
    {
        await RequireOperatorAsync("New gateway pools", cancellationToken).ConfigureAwait(false);
        var made = await ChangeAsync(
            "network/insertNetworkGatewayPool",
            writer =>
            {
                writer.WriteNumber("networkId", VeloCloudAssumptions.NetworkId);
                if (partnerId is { } partner)
                {
                    writer.WriteNumber("enterpriseProxyId", partner);
                }

                writer.WriteString("name", name);
                WriteMembers(writer, members);
            },
            PoolHint,
            cancellationToken).ConfigureAwait(false);
        return made.Id ?? throw session.Error(OrchestratorErrorKind.OutcomeUnknown, $"The gateway pool '{name}' was made, but the answer has no id of it.", PoolHint);
    }

    /// <summary>Changes members of a gateway pool.</summary>
    internal Task UpdateGatewayPoolAsync(long id, IReadOnlyDictionary<string, object?> members, CancellationToken cancellationToken)
        => ChangeAsync(
            "network/updateNetworkGatewayPoolAttributes",
            writer =>
            {
                writer.WriteNumber("networkId", VeloCloudAssumptions.NetworkId);
                writer.WriteNumber("id", id);
                WriteMembers(writer, members);
            },
            PoolHint,
            cancellationToken);

    /// <summary>Deletes a gateway pool.</summary>
    internal Task DeleteGatewayPoolAsync(long id, CancellationToken cancellationToken)
        => ChangeAsync(
            "network/deleteNetworkGatewayPool",
            writer =>
            {
                writer.WriteNumber("networkId", VeloCloudAssumptions.NetworkId);
                writer.WriteNumber("id", id);
            },
            PoolHint,
            cancellationToken);

    // Methods of the network are an operator's: others are told so before the server refuses in its own words.
    internal async Task RequireOperatorAsync(string what, CancellationToken cancellationToken)
    {
        if (await GetTierAsync(cancellationToken).ConfigureAwait(false) is not VeloCloudTier.Operator)
        {
            throw session.Error(OrchestratorErrorKind.Permission, $"{what} are an operator's; connection '{session.ConnectionName}' is {TierText()}.", "Connect with -Operator, or with an operator's API token.");
        }
    }

    // True for a partner's account, false for an operator's.
    private async Task<bool> RequireCarrierAsync(string what, CancellationToken cancellationToken)
        => await GetTierAsync(cancellationToken).ConfigureAwait(false) switch
        {
            VeloCloudTier.Operator => false,
            VeloCloudTier.Partner => true,
            _ => throw session.Error(OrchestratorErrorKind.Permission, $"{what} are an operator's or a partner's; connection '{session.ConnectionName}' is {TierText()}.", "Connect with an operator's or a partner's account."),
        };

    private string TierText() => session.Tier is VeloCloudTier.Partner ? "a partner's" : session.Tier is VeloCloudTier.Operator ? "an operator's" : "a customer's";
}
