using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// The events of an enterprise, newest first: those that have happened since the start, and behind them an invented past of three events every ten minutes. The three have
/// the same time, so that a page can end between them.
/// </summary>
internal static class EventFeed
{
    /// <summary>Ids above this belong to events that have really happened.</summary>
    public const long FirstLive = 9_000_000_000;

    private const int Past = 6048;
    private const int Burst = 3;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    private static readonly (string Name, string Severity, string Message)[] Kinds =
    [
        ("EDGE_DOWN", "ALERT", "Edge is down"),
        ("LINK_DEAD", "ALERT", "Link GE3 is now DEAD"),
        ("EDGE_UP", "INFO", "Edge is up"),
        ("LINK_ALIVE", "INFO", "Link GE3 is no longer DEAD"),
        ("MGD_CONF_APPLIED", "INFO", "New or updated configuration applied on Edge"),
        ("VRRP_HA_UPDATED_TO_PRIMARY", "NOTICE", "HA changed to primary"),
    ];

    /// <summary>All events between two times, both included, newest first.</summary>
    public static IEnumerable<VeloEvent> Read(VeloNetwork network, Enterprise enterprise, DateTimeOffset from, DateTimeOffset to)
    {
        foreach (var happened in enterprise.Events.NewestFirst())
        {
            if (happened.Time >= from && happened.Time <= to)
                yield return happened;
        }

        var last = new DateTimeOffset(network.Start.UtcTicks - (network.Start.UtcTicks % Every.Ticks), TimeSpan.Zero);
        for (var i = 0; i < Past; i++)
        {
            var time = last - (Every * (i / Burst));
            if (time < from)
                yield break;

            if (time <= to)
                yield return Invent(enterprise, i, time);
        }
    }

    /// <summary>An event as the portal shows it: <c>detail</c> is JSON inside a text.</summary>
    public static JsonObject Describe(VeloEvent happened)
    {
        var detail = new JsonObject { ["edgeId"] = happened.Edge?.Id, ["logicalId"] = happened.Edge?.LogicalId, ["interface"] = "GE3" };
        return new JsonObject
        {
            ["id"] = happened.Id,
            ["eventTime"] = VeloTime.Text(happened.Time),
            ["event"] = happened.Name,
            ["category"] = happened.Category,
            ["severity"] = happened.Severity,
            ["message"] = happened.Message,
            ["detail"] = detail.ToJsonString(JsonSerializerOptions.Default),
            ["enterpriseUsername"] = happened.User,
            ["edgeName"] = happened.Edge?.Name,
            ["segmentName"] = happened.Edge is null ? null : "Global Segment",
        };
    }

    private static VeloEvent Invent(Enterprise enterprise, int i, DateTimeOffset time)
    {
        var (name, severity, message) = Kinds[i % Kinds.Length];
        var edges = enterprise.Edges;
        var edge = edges.Count == 0 ? null : edges[i / 2 % edges.Count];
        return new VeloEvent(((long)enterprise.Id * 100_000) + Past - i, time, name, "EDGE", severity, message, edge, User: null);
    }
}
