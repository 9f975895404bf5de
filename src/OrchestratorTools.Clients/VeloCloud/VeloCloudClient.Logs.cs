using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OrchestratorTools.Clients.Http;

namespace OrchestratorTools.Clients.VeloCloud;

/// <summary>Events, alerts and firewall logs, walked back through time (facts/velocloud.md, "Paging v1").</summary>
public sealed partial class VeloCloudClient
{
    /// <summary>The events of an enterprise, a partner or the operator, newest first, as they are taken.</summary>
    public IAsyncEnumerable<VeloCloudEvent> GetEventsAsync(VeloCloudLogQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var method = query.Log switch
        {
            VeloCloudLog.Enterprise => "event/getEnterpriseEvents",
            VeloCloudLog.Partner => "event/getProxyEvents",
            _ => "event/getOperatorEvents",
        };
        return Walk(
            query,
            "events",
            VeloCloudAssumptions.LogPageSize,
            (start, end, limit, token) => AskLogAsync(
                method,
                query,
                start,
                end,
                limit,
                "edgeId",
                EventRules(query),
                e => EventOf(e, query),
                token),
            e => e.Time,
            e => e.Id,
            query.Log is VeloCloudLog.Enterprise ? (start, end, token) => WholeEventsAsync(query, start, end, token) : null,
            cancellationToken);
    }

    /// <summary>The alerts of an enterprise, newest first, as they are taken.</summary>
    public IAsyncEnumerable<VeloCloudAlert> GetAlertsAsync(VeloCloudLogQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Walk(
            query,
            "alerts",
            VeloCloudAssumptions.AlertPageSize,
            (start, end, limit, token) => AskLogAsync("enterprise/getEnterpriseAlerts", query, start, end, limit, null, [], e => AlertOf(e, query), token),
            a => a.Time,
            a => a.Id,
            (start, end, token) => WholeAlertsAsync(query, start, end, token),
            cancellationToken);
    }

    /// <summary>The lines of the firewalls' log of an enterprise, newest first, as they are taken.</summary>
    public IAsyncEnumerable<VeloCloudFirewallLogEntry> GetFirewallLogAsync(VeloCloudLogQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Walk(
            query,
            "lines",
            VeloCloudAssumptions.LogPageSize,
            (start, end, limit, token) => AskLogAsync("firewall/getEnterpriseFirewallLogs", query, start, end, limit, "edges", [], e => LineOf(e, query), token, withRules: true),
            l => l.Time,
            l => l.Id,
            null,
            cancellationToken);
    }

    private static List<(string Field, IReadOnlyCollection<string> Values)> EventRules(VeloCloudLogQuery query)
    {
        var rules = new List<(string, IReadOnlyCollection<string>)>();
        if (query.Severities.Count > 0)
        {
            rules.Add(("severity", query.Severities));
        }

        if (query.Types.Count > 0)
        {
            rules.Add(("event", query.Types));
        }

        return rules;
    }

    // An item is known by its id, or by its very text where it has none.
    private IAsyncEnumerable<T> Walk<T>(
        VeloCloudLogQuery query,
        string what,
        int pageSize,
        Func<long, long, int, CancellationToken, Task<TimePage<T>>> ask,
        Func<T, DateTimeOffset?> timeOf,
        Func<T, long> idOf,
        Func<long, long, CancellationToken, IAsyncEnumerable<T>>? whole,
        CancellationToken cancellationToken)
        where T : VeloCloudObject
        => new BackwardWalk<T>(ask, timeOf, item => idOf(item) is var id and not 0 ? id.ToString(CultureInfo.InvariantCulture) : item.ToJson(), (kind, message, action) => session.Error(kind, message, action))
        {
            What = what,
            PageSize = pageSize,
            First = query.First,
            MayAskAhead = MayAskAhead,
            Whole = whole,
        }.WalkAsync(query.Interval.StartMilliseconds, query.Interval.EndMilliseconds, cancellationToken);

    private async Task<TimePage<T>> AskLogAsync<T>(
        string method,
        VeloCloudLogQuery query,
        long start,
        long end,
        int limit,
        string? edges,
        List<(string Field, IReadOnlyCollection<string> Values)> rules,
        Func<JsonElement, T> read,
        CancellationToken cancellationToken,
        bool withRules = false)
        where T : VeloCloudObject
    {
        var body = Body(writer =>
        {
            switch (query.Log)
            {
                case VeloCloudLog.Enterprise:
                    WriteEnterprise(writer, query.EnterpriseId);
                    break;
                case VeloCloudLog.Operator:
                    writer.WriteNumber("networkId", VeloCloudAssumptions.NetworkId);
                    break;
                default:
                    break;
            }

            WriteInterval(writer, start, end);
            writer.WriteStartObject("filter");
            writer.WriteNumber("limit", limit);
            if (rules.Count > 0)
            {
                writer.WriteStartArray("rules");
                foreach (var (field, values) in rules)
                {
                    writer.WriteStartObject();
                    writer.WriteString("field", field);
                    writer.WriteString("op", values.Count == 1 ? "is" : "in");
                    WriteTexts(writer, "values", values);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
            if (edges is not null && query.Edges.Count > 0)
            {
                WriteNumbers(writer, edges, query.Edges);
            }

            if (withRules)
            {
                WriteTexts(writer, "sourceIps", query.SourceIps);
                WriteTexts(writer, "destIps", query.DestinationIps);
                WriteTexts(writer, "with", ["rules"]);
            }
        });
        // Read object by object, so that nothing as large as a page is held as text; a connection that breaks inside a page does not end the list.
        var items = new List<T>(limit);
        IReadOnlyDictionary<string, JsonElement>? beside = null;
        var page = new VeloCloudListing<T>(session, observer, method, _ => VeloCloudSession.NewRequest(method, body), Reader(read))
        {
            FollowsLinks = false,
            HasMore = static () => { },
            PageRead = members => beside = members,
            Accept = (item, json) =>
            {
                item.Keep(json.ToArray());
                session.Stamp(item);
                return item.ListKey;
            },
        };
        await foreach (var item in page.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            items.Add(item);
        }

        if (withRules && beside?.GetValueOrDefault("rules") is { ValueKind: JsonValueKind.Object } named)
        {
            NameRules(items, named);
        }

        // Where the answer does not say whether there is more, a full page means that there may be.
        var more = beside?.GetValueOrDefault("metaData") is { ValueKind: JsonValueKind.Object } meta ? VeloCloudJson.Flag(meta, "more") : null;
        return new TimePage<T>(items, more ?? items.Count >= limit);
    }

    // All of an instant that no page of the portal API holds: APIv2's pages have links (facts/velocloud.md, "Paging v2"). It knows no ids and no users.
    private IAsyncEnumerable<VeloCloudEvent> WholeEventsAsync(VeloCloudLogQuery query, long start, long end, CancellationToken cancellationToken)
        => WholeAsync(
            query,
            "events",
            [.. RuleOf("severity", query.Severities), .. RuleOf("event", query.Types), new("include", "edge")],
            start,
            end,
            e => EventOf(e, query),
            e => query.EdgeNames.Count == 0 || (e.EdgeName is { } name && query.EdgeNames.Contains(name, StringComparer.Ordinal)),
            cancellationToken);

    private IAsyncEnumerable<VeloCloudAlert> WholeAlertsAsync(VeloCloudLogQuery query, long start, long end, CancellationToken cancellationToken)
        => WholeAsync(query, "alerts", [new("include", "edge,link")], start, end, e => AlertOf(e, query), _ => true, cancellationToken);

    private static IEnumerable<KeyValuePair<string, string>> RuleOf(string field, IReadOnlyCollection<string> values)
        => values.Count == 0 ? [] : [new($"{field}[{(values.Count == 1 ? "is" : "in")}]", string.Join(',', values))];

    private async IAsyncEnumerable<T> WholeAsync<T>(
        VeloCloudLogQuery query,
        string what,
        IReadOnlyList<KeyValuePair<string, string>> asked,
        long start,
        long end,
        Func<JsonElement, T> read,
        Func<T, bool> isMeant,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : VeloCloudObject
    {
        var logicalId = query.EnterpriseLogicalId ?? await GetLogicalIdAsync(query.EnterpriseId, cancellationToken).ConfigureAwait(false);
        observer.Verbose($"More {what} have the time {VeloCloudInterval.Text(start)} than a page holds: APIv2 is asked for them.");
        var list = new VeloCloudV2Client(session, observer) { MayAskAhead = MayAskAhead }.ListAsync(
            VeloCloudV2Client.EnterprisePath(logicalId) + what,
            [
                new("start", start.ToString(CultureInfo.InvariantCulture)),
                new("end", end.ToString(CultureInfo.InvariantCulture)),
                new("limit", VeloCloudAssumptions.LogPageSize.ToString(CultureInfo.InvariantCulture)),
                .. asked,
            ],
            read,
            cancellationToken);
        await foreach (var item in list.ConfigureAwait(false))
        {
            if (isMeant(item))
            {
                yield return item;
            }
        }
    }

    private static void NameRules<T>(List<T> items, JsonElement rules)
    {
        foreach (var line in items.OfType<VeloCloudFirewallLogEntry>())
        {
            line.RuleName = line.Rule is { } id ? VeloCloudJson.Text(VeloCloudMonitoring.Member(rules, id), "name") : null;
        }
    }

    private static VeloCloudEvent EventOf(JsonElement e, VeloCloudLogQuery query)
    {
        var happened = new VeloCloudEvent(e);
        happened.EnterpriseName ??= query.Log is VeloCloudLog.Enterprise ? query.EnterpriseName : null;
        return happened;
    }

    private static VeloCloudAlert AlertOf(JsonElement e, VeloCloudLogQuery query)
    {
        var alert = new VeloCloudAlert(e) { EnterpriseName = query.EnterpriseName };
        alert.EnterpriseId ??= query.EnterpriseId;
        return alert;
    }

    private static VeloCloudFirewallLogEntry LineOf(JsonElement e, VeloCloudLogQuery query) => new(e) { EnterpriseId = query.EnterpriseId, EnterpriseName = query.EnterpriseName };

    private static void WriteInterval(Utf8JsonWriter writer, long start, long end)
    {
        writer.WriteStartObject("interval");
        writer.WriteNumber("start", start);
        writer.WriteNumber("end", end);
        writer.WriteEndObject();
    }
}
