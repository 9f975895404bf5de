using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>What monitoring asks.</summary>
internal sealed class MonitoringMethods(VeloNetwork network)
{
    /// <summary>What a row has of its edge, and what it is called there.</summary>
    private static readonly (string Name, string Member)[] FromEdge =
    [
        ("edgeState", "edgeState"),
        ("edgeSystemUpSince", "systemUpSince"),
        ("edgeServiceUpSince", "serviceUpSince"),
        ("edgeLastContact", "lastContact"),
        ("edgeSerialNumber", "serialNumber"),
        ("edgeHASerialNumber", "haSerialNumber"),
        ("edgeModelNumber", "modelNumber"),
    ];

    /// <summary>What it has of its link.</summary>
    private static readonly (string Name, string Member)[] FromLink =
    [
        ("displayName", "displayName"),
        ("isp", "isp"),
        ("interface", "interface"),
        ("internalId", "internalId"),
        ("linkState", "state"),
        ("linkLastActive", "lastActive"),
        ("linkVpnState", "vpnState"),
        ("linkId", "id"),
        ("linkIpAddress", "ipAddress"),
        ("linkIpV6Address", "ipV6Address"),
        ("linkMode", "linkMode"),
        ("linkBackupState", "backupState"),
    ];

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["monitoring/getEnterpriseEdgeLinkStatus"] = LinkStatus,
        ["monitoring/getAggregates"] = Aggregates,
    };

    private Answer LinkStatus(Call call) => Answer.List(Rows(Meant(call).SelectMany(e => e.Edges)));

    /// <summary>A customer means its own; a partner those it names, or all of its own; an operator must say whose.</summary>
    private List<Enterprise> Meant(Call call)
    {
        var ids = call.Integers("enterprises");
        if (ids.Count > 0)
            return [.. ids.Distinct().Select(id => AccessRules.Own(call.Caller, network, id))];

        if (call.Integer("networkId") is { } id && (id != VeloNetwork.Id || !call.Caller.IsOperator))
            throw call.Caller.IsOperator ? VeloError.NotFound("network") : VeloError.Denied();

        if (call.Caller.IsOperator && call.Integer("networkId") is null && call.Integer("enterpriseProxyId") is null)
            throw VeloError.Invalid([Operation.Missing("enterprises")]);

        return [.. network.Enterprises.Where(e => AccessRules.IsOwn(call.Caller, e) && (call.Integer("enterpriseProxyId") is not { } proxy || e.ProxyId == proxy))];
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Rows(IEnumerable<Edge> edges)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(buffer);
        foreach (var edge in edges)
        {
            using var members = JsonDocument.Parse(edge.Utf8);
            foreach (var link in EdgeLinks.Of(edge, onlyRecent: true))
            {
                buffer.ResetWrittenCount();
                json.Reset();
                WriteRow(json, edge, members.RootElement, link);
                json.Flush();
                yield return buffer.WrittenMemory;
            }
        }
    }

    private static void WriteRow(Utf8JsonWriter json, Edge edge, JsonElement members, JsonObject link)
    {
        json.WriteStartObject();
        json.WriteNumber("enterpriseId", edge.Enterprise.Id);
        json.WriteString("enterpriseName", edge.Enterprise.Name);
        if (edge.Enterprise.ProxyId is { } proxy)
            json.WriteNumber("enterpriseProxyId", proxy);
        else
            json.WriteNull("enterpriseProxyId");

        json.WriteString("enterpriseProxyName", edge.Enterprise.Partner?.Name);
        json.WriteNumber("edgeId", edge.Id);
        json.WriteString("edgeName", edge.Name);
        json.WriteNumber("edgeLatitude", 37.402866);
        json.WriteNumber("edgeLongitude", -122.117332);
        foreach (var (name, member) in FromEdge)
        {
            json.WritePropertyName(name);
            if (members.TryGetProperty(member, out var value))
                value.WriteTo(json);
            else
                json.WriteNullValue();
        }

        foreach (var (name, member) in FromLink)
        {
            json.WritePropertyName(name);
            if (link[member] is { } value)
                value.WriteTo(json);
            else
                json.WriteNullValue();
        }

        json.WriteEndObject();
    }

    private Answer Aggregates(Call call)
    {
        List<Enterprise> meant = call.EnterpriseOrNone is { } enterprise ? [enterprise] : [.. network.Enterprises.Where(e => AccessRules.IsOwn(call.Caller, e))];
        var edges = meant.SelectMany(e => e.Edges).ToList();
        return Answer.Of(new JsonObject
        {
            ["edgeCount"] = edges.Count,
            ["edges"] = new JsonObject([.. edges.GroupBy(e => e.State, StringComparer.Ordinal).Select(g => KeyValuePair.Create<string, JsonNode?>(g.Key, g.Count()))]),
            ["enterprises"] = new JsonArray([.. meant.Select(Describe)]),
        });
    }

    private static JsonNode Describe(Enterprise enterprise)
    {
        var json = JsonNode.Parse(enterprise.Utf8.Span)!;
        json["enterpriseProxyId"] = enterprise.ProxyId;
        json["enterpriseProxyName"] = enterprise.Partner?.Name;
        return json;
    }
}
