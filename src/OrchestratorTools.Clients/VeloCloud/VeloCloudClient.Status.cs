using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>How things are now: links, edges, sessions, tunnels, gateways, devices; and who is alerted of what (facts/velocloud.md, "Daily work").</summary>
public sealed partial class VeloCloudClient
{
    /// <summary>The links of an enterprise's edges that were active in the last 24 hours, with their state.</summary>
    /// <param name="enterpriseId">The enterprise; null for a customer's own one.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public IAsyncEnumerable<VeloCloudLinkStatus> GetLinkStatusAsync(long? enterpriseId, CancellationToken cancellationToken)
        => ReadListAsync(
            "monitoring/getEnterpriseEdgeLinkStatus",
            writer =>
            {
                if (enterpriseId is { } id)
                {
                    WriteNumbers(writer, "enterprises", [id]);
                }
            },
            e => new VeloCloudLinkStatus(e),
            cancellationToken);

    /// <summary>
    /// How edges feel: the newest sample, or that of a time. The method names no way to a second page: what does not fit one is asked for by the edges' ids.
    /// </summary>
    /// <param name="enterpriseId">The enterprise; null for a customer's own one.</param>
    /// <param name="enterpriseName">Its name, where it is known.</param>
    /// <param name="edges">Only these; empty: all.</param>
    /// <param name="time">When; null: now.</param>
    /// <param name="cancellationToken">Ends the list.</param>
    public async IAsyncEnumerable<VeloCloudEdgeStatus> GetEdgeStatusAsync(
        long? enterpriseId, string? enterpriseName, IReadOnlyCollection<long> edges, DateTimeOffset? time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(edges);
        var told = new HashSet<long>();
        if (edges.Count == 0)
        {
            var page = await AskEdgeStatusAsync(enterpriseId, enterpriseName, [], time, cancellationToken).ConfigureAwait(false);
            foreach (var status in page.Items.Where(s => told.Add(s.EdgeId)))
            {
                yield return status;
            }

            if (page.More is not true)
            {
                yield break;
            }
        }

        foreach (var part in edges.Distinct().Chunk(VeloCloudAssumptions.PageSize))
        {
            foreach (var status in (await AskEdgeStatusAsync(enterpriseId, enterpriseName, part, time, cancellationToken).ConfigureAwait(false)).Items)
            {
                yield return status;
            }
        }

        if (edges.Count > 0)
        {
            yield break;
        }

        var ids = new List<long>(VeloCloudAssumptions.PageSize);
        await foreach (var edge in GetEdgesAsync(enterpriseId, enterpriseName, [], cancellationToken).ConfigureAwait(false))
        {
            if (!told.Contains(edge.Id))
            {
                ids.Add(edge.Id);
            }

            if (ids.Count == VeloCloudAssumptions.PageSize)
            {
                foreach (var status in (await AskEdgeStatusAsync(enterpriseId, enterpriseName, ids, time, cancellationToken).ConfigureAwait(false)).Items.Where(s => told.Add(s.EdgeId)))
                {
                    yield return status;
                }

                ids.Clear();
            }
        }

        if (ids.Count > 0)
        {
            foreach (var status in (await AskEdgeStatusAsync(enterpriseId, enterpriseName, ids, time, cancellationToken).ConfigureAwait(false)).Items.Where(s => told.Add(s.EdgeId)))
            {
                yield return status;
            }
        }
    }

    /// <summary>The BGP sessions of an enterprise's edges, and then those of the gateways for it.</summary>
    public async IAsyncEnumerable<VeloCloudBgpSession> GetBgpSessionsAsync(
        long? enterpriseId, string? enterpriseName, bool ofGateways, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var method in ofGateways ? new[] { "monitoring/getEnterpriseEdgeBgpPeerStatus", "monitoring/getEnterpriseBgpPeerStatus" } : ["monitoring/getEnterpriseEdgeBgpPeerStatus"])
        {
            await foreach (var item in ReadListAsync(
                method,
                writer => WriteEnterprise(writer, enterpriseId),
                e => new VeloCloudBgpSession(e) { EnterpriseName = enterpriseName },
                cancellationToken).ConfigureAwait(false))
            {
                yield return item;
            }
        }
    }

    /// <summary>The tunnels of an enterprise's edges, or of one of them, to services that are no SD-WAN.</summary>
    public IAsyncEnumerable<VeloCloudTunnel> GetTunnelsAsync(long? enterpriseId, string? enterpriseName, long? edgeId, CancellationToken cancellationToken)
        => ReadListAsync(
            "monitoring/getEnterpriseEdgeNvsTunnelStatus",
            writer =>
            {
                WriteEnterprise(writer, enterpriseId);
                if (edgeId is { } id)
                {
                    writer.WriteNumber("edgeId", id);
                }
            },
            e => new VeloCloudTunnel(e) { EnterpriseName = enterpriseName },
            cancellationToken);

    /// <summary>The other ends of an edge's SD-WAN tunnels.</summary>
    public IAsyncEnumerable<VeloCloudPeer> GetPeersAsync(long? enterpriseId, string? enterpriseName, long edgeId, string? edgeName, CancellationToken cancellationToken)
        => ReadListAsync(
            "edge/getEdgeSDWANPeers",
            writer =>
            {
                writer.WriteNumber("edgeId", edgeId);
                WriteEnterprise(writer, enterpriseId);
            },
            e => new VeloCloudPeer(e) { EdgeId = edgeId, EdgeName = edgeName, EnterpriseId = enterpriseId, EnterpriseName = enterpriseName },
            cancellationToken);

    /// <summary>The gateways: a partner's own, or all that an operator has.</summary>
    public IAsyncEnumerable<VeloCloudGateway> GetGatewaysAsync(VeloCloudTier tier, CancellationToken cancellationToken)
        => tier is VeloCloudTier.Operator
            ? ReadListAsync("network/getNetworkGateways", writer => writer.WriteNumber("networkId", VeloCloudAssumptions.NetworkId), e => new VeloCloudGateway(e), cancellationToken)
            : ReadListAsync("enterpriseProxy/getEnterpriseProxyGateways", static _ => { }, e => new VeloCloudGateway(e), cancellationToken);

    /// <summary>The devices behind the edges of an enterprise (APIv2).</summary>
    public async IAsyncEnumerable<VeloCloudClientDevice> GetClientDevicesAsync(
        long? enterpriseId, string? enterpriseName, string? enterpriseLogicalId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var logicalId = enterpriseLogicalId ?? await GetLogicalIdAsync(enterpriseId, cancellationToken).ConfigureAwait(false);
        var list = new VeloCloudV2Client(session, observer) { MayAskAhead = MayAskAhead }.ListAsync(
            VeloCloudV2Client.EnterprisePath(logicalId) + "clientDevices",
            [new("include", "edge")],
            e => new VeloCloudClientDevice(e) { EnterpriseId = enterpriseId, EnterpriseName = enterpriseName },
            cancellationToken);
        await foreach (var device in list.ConfigureAwait(false))
        {
            yield return device;
        }
    }

    /// <summary>Whether an enterprise is alerted of what.</summary>
    public IAsyncEnumerable<VeloCloudAlertConfiguration> GetAlertConfigurationsAsync(long? enterpriseId, string? enterpriseName, CancellationToken cancellationToken)
        => ReadListAsync(
            "enterprise/getEnterpriseAlertConfigurations",
            writer => WriteEnterprise(writer, enterpriseId),
            e =>
            {
                var configuration = new VeloCloudAlertConfiguration(e) { EnterpriseName = enterpriseName };
                configuration.EnterpriseId ??= enterpriseId;
                return configuration;
            },
            cancellationToken);

    /// <summary>
    /// Changes alert configurations, once: each is sent as it was read, with what is to be different, since the server takes whole ones. Returns them as they are now.
    /// </summary>
    /// <param name="enterpriseId">The enterprise; null for a customer's own one.</param>
    /// <param name="changes">The configurations as they were read just before, each with its new members.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<VeloCloudAlertConfiguration>> SetAlertConfigurationsAsync(
        long? enterpriseId, IReadOnlyList<(VeloCloudAlertConfiguration Old, IReadOnlyDictionary<string, JsonElement> Members)> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var result = await ChangeAsync(
            "enterprise/insertOrUpdateEnterpriseAlertConfigurations",
            writer =>
            {
                WriteEnterprise(writer, enterpriseId);
                writer.WriteStartArray("enterpriseAlertConfigurations");
                foreach (var (old, members) in changes)
                {
                    using var document = JsonDocument.Parse(old.ToJson(), VeloCloudJson.Options);
                    writer.WriteStartObject();
                    foreach (var member in document.RootElement.EnumerateObject().Where(m => !members.ContainsKey(m.Name)))
                    {
                        member.WriteTo(writer);
                    }

                    foreach (var (name, value) in members)
                    {
                        writer.WritePropertyName(name);
                        value.WriteTo(writer);
                    }

                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            },
            "Get-VeloCloudAlertConfiguration shows what is set.",
            cancellationToken).ConfigureAwait(false);
        var ids = changes.Select(c => c.Old.Id).ToHashSet();
        var now = new List<VeloCloudAlertConfiguration>();
        if (result.Answer.ValueKind is JsonValueKind.Object && result.Answer.TryGetProperty("enterpriseAlertConfigurations", out var list) && list.ValueKind is JsonValueKind.Array)
        {
            foreach (var element in list.EnumerateArray())
            {
                if (Made(e => new VeloCloudAlertConfiguration(e) { EnterpriseName = changes[0].Old.EnterpriseName }, element) is { } configuration && ids.Contains(configuration.Id))
                {
                    configuration.EnterpriseId ??= enterpriseId;
                    now.Add(configuration);
                }
            }
        }

        return now;
    }

    private Task<VeloCloudPage<VeloCloudEdgeStatus>> AskEdgeStatusAsync(
        long? enterpriseId, string? enterpriseName, IReadOnlyCollection<long> edges, DateTimeOffset? time, CancellationToken cancellationToken)
        => ReadPageAsync(
            "monitoring/getEnterpriseEdgeStatus",
            writer =>
            {
                WriteEnterprise(writer, enterpriseId);
                if (edges.Count > 0)
                {
                    WriteNumbers(writer, "edgeIds", edges);
                }

                if (time is { } at)
                {
                    writer.WriteString("time", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
                }

                writer.WriteNumber("limit", VeloCloudAssumptions.LogPageSize);
            },
            e => new VeloCloudEdgeStatus(e) { EnterpriseId = enterpriseId, EnterpriseName = enterpriseName },
            cancellationToken);
}
