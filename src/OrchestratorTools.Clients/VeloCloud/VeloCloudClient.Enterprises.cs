using System.Runtime.CompilerServices;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Enterprises, and whose account the session is.</summary>
public sealed partial class VeloCloudClient
{
    /// <summary>
    /// Whose account the session is. Found by asking, once a connection: the call that answers tells (enterprise/getEnterprise a customer, enterpriseProxy/getEnterpriseProxyEnterprises a partner,
    /// network/getNetworkEnterprises an operator). Throws what the last call was told where none answers.
    /// </summary>
    public async Task<VeloCloudTier> GetTierAsync(CancellationToken cancellationToken)
    {
        if (session.Tier is not VeloCloudTier.Unknown)
        {
            return session.Tier;
        }

        await using var opened = (await OpenAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return session.Tier;
    }

    /// <summary>The enterprises that the session may see: a customer's own one, a partner's, or all.</summary>
    public async IAsyncEnumerable<VeloCloudEnterprise> GetEnterprisesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (opened.ConfigureAwait(false))
        {
            if (opened.Own is { } own)
            {
                yield return own;
            }

            if (opened is { List: { } list, HasFirst: true })
            {
                do
                {
                    yield return list.Current;
                }
                while (await list.MoveNextAsync().ConfigureAwait(false));
            }
        }
    }

    /// <summary>One enterprise; null where there is none of that id, or the session may not see it.</summary>
    public async Task<VeloCloudEnterprise?> GetEnterpriseAsync(long id, CancellationToken cancellationToken)
    {
        // An operator's call takes ids, so that one of them does not cost the whole list; a partner's does not.
        var tier = await GetTierAsync(cancellationToken).ConfigureAwait(false);
        var list = tier is VeloCloudTier.Operator ? ListEnterprises(tier, id).ListAsync(cancellationToken) : GetEnterprisesAsync(cancellationToken);
        await foreach (var enterprise in list.ConfigureAwait(false))
        {
            if (enterprise.Id == id)
            {
                return enterprise;
            }
        }

        return null;
    }

    /// <summary>The logical id of an enterprise, which APIv2 takes; asked for once a connection.</summary>
    /// <param name="id">The enterprise; null for a customer's own one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<string> GetLogicalIdAsync(long? id, CancellationToken cancellationToken)
    {
        if (id is null)
        {
            await GetTierAsync(cancellationToken).ConfigureAwait(false);
            id = session.OwnEnterprise?.Id;
        }

        if (id is { } known && session.LogicalIds.TryGetValue(known, out var logicalId))
        {
            return logicalId;
        }

        var enterprise = id is { } number ? await GetEnterpriseAsync(number, cancellationToken).ConfigureAwait(false) : null;
        return enterprise?.LogicalId ?? throw session.Error(
            OrchestratorErrorKind.NotFound,
            id is null ? "The account's own enterprise has no logical id." : $"There is no enterprise with the id {id}, or the connection may not see it.",
            "Get-VeloCloudEnterprise lists those that the connection sees.");
    }

    // An Orchestrator's own refusal, in its own envelope: another account might do it; nothing is wrong with the connection or the credential.
    private static bool IsRefusal(OrchestratorApiException e)
        => e.ServerCode is not null && e.Kind is OrchestratorErrorKind.Permission or OrchestratorErrorKind.Validation or OrchestratorErrorKind.NotFound or OrchestratorErrorKind.ServerError;

    // Begins to read what the session may see. Where the tier is not known, the first call that is not refused tells it.
    private async Task<OpenedList> OpenAsync(CancellationToken cancellationToken)
    {
        var tier = session.Tier;
        var refusals = new List<OrchestratorApiException>();
        if (tier is VeloCloudTier.Customer or VeloCloudTier.Unknown)
        {
            try
            {
                var own = await AskEnterpriseAsync(cancellationToken).ConfigureAwait(false);
                if (own is not null)
                {
                    session.Remember(VeloCloudTier.Customer, own);
                }

                if (own is not null || tier is VeloCloudTier.Customer)
                {
                    return new OpenedList(own, null, HasFirst: false);
                }
            }
            catch (OrchestratorApiException e) when (tier is VeloCloudTier.Unknown && IsRefusal(e))
            {
                refusals.Add(e);
            }
        }

        if (tier is VeloCloudTier.Partner or VeloCloudTier.Unknown)
        {
            try
            {
                return await OpenListAsync(VeloCloudTier.Partner, cancellationToken).ConfigureAwait(false);
            }
            catch (OrchestratorApiException e) when (tier is VeloCloudTier.Unknown && IsRefusal(e))
            {
                refusals.Add(e);
            }
        }

        try
        {
            return await OpenListAsync(VeloCloudTier.Operator, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorApiException e) when (tier is VeloCloudTier.Unknown && IsRefusal(e))
        {
            refusals.Add(e);
            var kind = refusals.Find(r => r.Kind is OrchestratorErrorKind.Permission)?.Kind ?? refusals[0].Kind;
            throw session.Error(kind, $"No call tells whether this is a customer's, a partner's or an operator's account. {string.Join(" ", refusals.Select(r => r.Message))}", "Ask for the privilege READ ENTERPRISE.", e);
        }
    }

    private async Task<OpenedList> OpenListAsync(VeloCloudTier tier, CancellationToken cancellationToken)
    {
        var list = ListEnterprises(tier, null).ListAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            var hasFirst = await list.MoveNextAsync().ConfigureAwait(false);
            session.Remember(tier, null);
            return new OpenedList(null, list, hasFirst);
        }
        catch
        {
            await list.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private VeloCloudListing<VeloCloudEnterprise> ListEnterprises(VeloCloudTier tier, long? id)
    {
        var method = tier is VeloCloudTier.Partner ? "enterpriseProxy/getEnterpriseProxyEnterprises" : "network/getNetworkEnterprises";
        return new(session, observer, method, _ => VeloCloudSession.NewRequest(method, Body(writer =>
        {
            if (tier is VeloCloudTier.Operator)
            {
                writer.WriteNumber("networkId", VeloCloudAssumptions.NetworkId);
            }

            if (id is { } one)
            {
                writer.WriteStartArray("enterprises");
                writer.WriteNumberValue(one);
                writer.WriteEndArray();
            }
        })), ReadEnterprise)
        {
            MayAskAhead = MayAskAhead,
            Accept = (enterprise, json) =>
            {
                enterprise.Keep(json.ToArray());
                Note(enterprise);
                return enterprise.Id == 0 ? null : enterprise.Id;
            },
        };
    }

    private VeloCloudEnterprise Note(VeloCloudEnterprise enterprise)
    {
        if (enterprise is { Id: not 0, LogicalId.Length: > 0 })
        {
            session.LogicalIds[enterprise.Id] = enterprise.LogicalId;
        }

        return session.Stamp(enterprise);
    }

    private static bool ReadEnterprise(ref Utf8JsonReader reader, out VeloCloudEnterprise? enterprise)
    {
        enterprise = null;
        if (!JsonDocument.TryParseValue(ref reader, out var document))
        {
            return false;
        }

        using (document)
        {
            enterprise = document.RootElement.ValueKind is JsonValueKind.Object ? new VeloCloudEnterprise(document.RootElement) : null;
        }

        return true;
    }

    private async Task<VeloCloudEnterprise?> AskEnterpriseAsync(CancellationToken cancellationToken)
    {
        using var answer = await AskAsync("enterprise/getEnterprise", Body(static _ => { }), RequestClass.Read, cancellationToken).ConfigureAwait(false);
        if (answer?.Json.RootElement is not { ValueKind: JsonValueKind.Object } root)
        {
            return null;
        }

        var enterprise = new VeloCloudEnterprise(root);
        if (enterprise.Id == 0)
        {
            return null;
        }

        enterprise.Keep(answer.Bytes);
        return Note(enterprise);
    }

    private sealed record OpenedList(VeloCloudEnterprise? Own, IAsyncEnumerator<VeloCloudEnterprise>? List, bool HasFirst) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => List?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
