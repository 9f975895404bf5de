using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>Services, segments, allocations, object groups and clusters of an enterprise.</summary>
internal sealed class ObjectMethods(VeloNetwork network)
{
    private static readonly string[] GroupMembers = ["name", "description", "data"];

    private static readonly string[] Updatable = ["name", "description", "data", "type", "alertsEnabled", "operatorAlertsEnabled", "version", "object"];

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["enterprise/getObjectGroups"] = call => List(call, EnterpriseObjects.Group),
        ["enterprise/insertObjectGroup"] = InsertGroup,
        ["enterprise/updateObjectGroup"] = UpdateGroup,
        ["enterprise/deleteObjectGroup"] = call => Delete(call, EnterpriseObjects.Group),
        ["enterprise/getEnterpriseServices"] = call => List(call, EnterpriseObjects.Service),
        ["enterprise/insertEnterpriseService"] = InsertService,
        ["enterprise/updateEnterpriseService"] = call => Update(call, EnterpriseObjects.Service),
        ["enterprise/deleteEnterpriseService"] = call => Delete(call, EnterpriseObjects.Service),
        ["enterprise/getEnterpriseNetworkSegments"] = call => List(call, EnterpriseObjects.Segment),
        ["enterprise/insertEnterpriseNetworkSegment"] = InsertSegment,
        ["enterprise/updateEnterpriseNetworkSegment"] = call => Update(call, EnterpriseObjects.Segment),
        ["enterprise/deleteEnterpriseNetworkSegment"] = call => Delete(call, EnterpriseObjects.Segment),
        ["enterprise/getEnterpriseNetworkAllocations"] = call => List(call, EnterpriseObjects.Allocation),
        ["enterprise/getEnterpriseNetworkAllocation"] = call => Answer.Of(Describe(call, Find(call, EnterpriseObjects.Allocation))),
        ["enterprise/insertEnterpriseNetworkAllocation"] = call => Inserted(Insert(call, EnterpriseObjects.Allocation, "networkAllocation", null)),
        ["enterprise/updateEnterpriseNetworkAllocation"] = call => Update(call, EnterpriseObjects.Allocation),
        ["enterprise/deleteEnterpriseNetworkAllocation"] = call => Delete(call, EnterpriseObjects.Allocation),
        ["enterprise/insertEnterpriseEdgeCluster"] = InsertCluster,
        ["enterprise/updateEnterpriseEdgeCluster"] = UpdateCluster,
        ["enterprise/enableClusterForEdgeHub"] = call => SetCluster(call, isOn: true),
        ["enterprise/disableClusterForEdgeHub"] = call => SetCluster(call, isOn: false),
        ["vpn/generateVpnGatewayConfiguration"] = GenerateVpn,
        ["enterprise/generateNsdViaEdgeServiceConfiguration"] = GenerateNsd,
        ["enterprise/getNSDConfiguration"] = NsdConfiguration,
        ["enterprise/deleteEnterpriseGatewayRecords"] = call => Answer.Of(new JsonObject { ["id"] = null, ["rows"] = call.Elements("records").Count, ["error"] = null }),
        ["enterprise/getEnterpriseDataCenters"] = call => Answer.List(Objects(call, EnterpriseObjects.Service).Where(o => o["type"]!.GetValue<string>() is "dataCenter")),
        ["enterprise/getEnterprisePrivateNetworks"] = call => Answer.List(Objects(call, "PRIVATE_NETWORK")),
    };

    private static Answer Inserted(JsonObject item) => Answer.Of(new JsonObject { ["id"] = item["id"]!.DeepClone(), ["rows"] = 1, ["error"] = null });

    private static IReadOnlyList<JsonObject> Objects(Call call, string kind) => call.Enterprise.State.Objects.All(o => EnterpriseObjects.Is(o, kind));

    private static Answer List(Call call, string kind)
        => Answer.List(Objects(call, kind)
            .Where(o => (call.Integer("id") is not { } id || o["id"]!.GetValue<long>() == id)
                && (call.Text("type") is not { Length: > 0 } type || o["type"]!.GetValue<string>() == type)
                && (call.Text("name") is not { Length: > 0 } name || o["name"]!.GetValue<string>() == name))
            .Select(o => Describe(call, o)));

    /// <summary>An object with the counts that the call wants. What of it a profile or an edge has is seen by its logical id standing in a module.</summary>
    private static JsonObject Describe(Call call, JsonObject item)
    {
        var wishes = call.Operation.Find("with") is null ? [] : call.Texts("with");
        if (wishes.Count == 0)
            return item;

        var isGlobal = item["name"]!.GetValue<string>() is EnterpriseObjects.GlobalSegment;
        var id = System.Text.Encoding.UTF8.GetBytes(item["logicalId"]!.GetValue<string>());
        var profiles = call.Enterprise.Profiles.Where(p => isGlobal || p.Modules.Any(m => m.Data.Span.IndexOf(id) >= 0)).ToList();
        foreach (var wish in wishes)
        {
            item[wish] = wish switch
            {
                "profileCount" => profiles.Count,
                "edgeCount" or "groupCount" => isGlobal ? call.Enterprise.Edges.Count : 0,
                "configuration" => new JsonArray([.. profiles.Select(p => JsonNode.Parse(p.Utf8.Span))]),
                _ => new JsonArray(),
            };
        }

        if (wishes.Contains("mpgUsage", StringComparer.Ordinal))
            (item["isAllMPGCDE"], item["isAllCtrlCDE"]) = (false, false);

        if (wishes.Contains("saUsage", StringComparer.Ordinal))
            (item["secureAccess"], item["secureAccessCount"]) = (new JsonArray(), 0);

        return item;
    }

    private static JsonObject Find(Call call, string kind)
    {
        JsonObject? item = null;
        if (call.Integer("id") is { } id)
            item = call.Enterprise.State.Objects.Find(id);
        else if (call.Operation.Find("logicalId") is not null && call.Text("logicalId") is { } logicalId)
            item = call.Enterprise.State.Objects.All(o => o["logicalId"]!.GetValue<string>() == logicalId) is [var found, ..] ? found : null;
        else
            throw VeloError.Invalid([Operation.Missing("id")]);

        return item is not null && EnterpriseObjects.Is(item, kind) ? item : throw VeloError.NotFound(string.Create(CultureInfo.InvariantCulture, $"{kind} {call.Integer("id")}"));
    }

    private static bool IsTaken(Enterprise enterprise, string kind, string type, string name, long by)
        => enterprise.State.Objects.Count(o => EnterpriseObjects.Is(o, kind) && o["id"]!.GetValue<long>() != by && o["type"]!.GetValue<string>() == type
            && string.Equals(o["name"]!.GetValue<string>(), name, StringComparison.OrdinalIgnoreCase)) > 0;

    private JsonObject Insert(Call call, string kind, string type, JsonNode? data)
        => network.Exclusively(() =>
        {
            var name = call.Text("name")!;
            if (string.IsNullOrWhiteSpace(name))
                throw VeloError.Invalid([new Complaint("MIN_LENGTH", "The name must not be empty", "#/name")]);

            if (IsTaken(call.Enterprise, kind, type, name, by: 0))
                throw VeloError.BadRequest($"An object named {name} already exists");

            data ??= call.Object("data") is { } sent ? JsonNode.Parse(sent.GetRawText()) : null;
            var description = call.Operation.Find("description") is null ? null : call.Text("description");
            var item = EnterpriseObjects.New(network.NewId(), call.Enterprise, kind, type, name, description, data, network.Now);
            network.Report(call.Enterprise, "CREATE_" + kind, $"{name} created", edge: null, call.Caller.Account.Username);
            return call.Enterprise.State.Objects.Put(item);
        });

    /// <summary>The data of a group is declared an object, and is an array in what clients send: both are kept as they come.</summary>
    private Answer InsertGroup(Call call) => Inserted(Insert(call, EnterpriseObjects.Group, call.Text("type") ?? "address_group", data: null));

    private Answer InsertService(Call call)
    {
        var item = Insert(call, EnterpriseObjects.Service, call.Text("type")!, data: null);
        if (call.Integer("edgeId") is { } edge)
            call.Enterprise.State.Objects.Change(item["id"]!.GetValue<long>(), o => o["edgeId"] = call.Edge(network, edge).Id);

        if (call.Integer("parentGroupId") is { } parent)
            call.Enterprise.State.Objects.Change(item["id"]!.GetValue<long>(), o => o["parentGroupId"] = parent);

        return Inserted(item);
    }

    private Answer InsertSegment(Call call)
    {
        var data = JsonNode.Parse(call.Object("data")!.Value.GetRawText())!.AsObject();
        data["segmentId"] ??= 1 + Objects(call, EnterpriseObjects.Segment).Max(s => s["data"]!["segmentId"]!.GetValue<int>());
        return Inserted(Insert(call, EnterpriseObjects.Segment, call.Text("type")!, data));
    }

    private Answer UpdateGroup(Call call)
    {
        var item = Find(call, EnterpriseObjects.Group);
        var changes = GroupMembers.Where(call.Has).Select(n => KeyValuePair.Create(n, call.Parameters.GetProperty(n))).ToList();
        return Apply(call, item, changes);
    }

    private Answer Update(Call call, string kind) => Apply(call, Find(call, kind), Changes.Read(call, Updatable, "object"));

    private Answer Apply(Call call, JsonObject item, IReadOnlyList<KeyValuePair<string, JsonElement>> changes)
        => network.Exclusively(() =>
        {
            var id = item["id"]!.GetValue<long>();
            foreach (var (name, value) in changes.Where(c => c.Key is "name"))
            {
                if (IsTaken(call.Enterprise, item["object"]!.GetValue<string>(), item["type"]!.GetValue<string>(), Changes.Name(value, "#/" + name), id))
                    return Answer.Rows(0, $"An object named {value.GetString()} already exists");
            }

            if (changes.Count == 0 || !call.Enterprise.State.Objects.Change(id, changes, network.Now))
                return Answer.Rows(0);

            network.Report(call.Enterprise, "UPDATE_" + item["object"]!.GetValue<string>(), $"{item["name"]!.GetValue<string>()} changed", edge: null, call.Caller.Account.Username);
            return Answer.Rows(1);
        });

    /// <summary>What a module refers to is not deleted, nor is the global segment [inferred].</summary>
    private Answer Delete(Call call, string kind)
    {
        var item = Find(call, kind);
        var name = item["name"]!.GetValue<string>();
        var text = System.Text.Encoding.UTF8.GetBytes(item["logicalId"]!.GetValue<string>());
        string? error = null;
        if (name is EnterpriseObjects.GlobalSegment && kind is EnterpriseObjects.Segment)
            error = "The global segment cannot be deleted";
        else if (call.Enterprise.Profiles.SelectMany(p => p.Modules).Any(m => m.Data.Span.IndexOf(text) >= 0))
            error = $"{name} is in use";

        var isGone = error is null && call.Enterprise.State.Objects.Remove(item["id"]!.GetValue<long>());
        if (isGone)
            network.Report(call.Enterprise, "DELETE_" + kind, $"{name} deleted", edge: null, call.Caller.Account.Username);

        return Answer.Of(new JsonObject { ["id"] = item["id"]!.DeepClone(), ["rows"] = isGone ? 1 : 0, ["error"] = error });
    }

    private JsonArray Members(Call call, string name, JsonArray before, bool isAdding)
    {
        var ids = call.Integers(name).Select(id => (long)call.Edge(network, id).Id).ToList();
        var all = before.Select(e => e!.GetValue<long>()).ToList();
        return [.. (isAdding ? all.Union(ids) : all.Except(ids)).Select(i => JsonValue.Create(i))];
    }

    private Answer InsertCluster(Call call)
    {
        var data = call.Object("data") is { } sent ? JsonNode.Parse(sent.GetRawText())!.AsObject() : [];
        data["edges"] = Members(call, "edges", [], isAdding: true);
        return Answer.Of(Insert(call, EnterpriseObjects.Service, call.Text("type") ?? "edgeHubCluster", data));
    }

    private Answer UpdateCluster(Call call)
    {
        var item = Find(call, EnterpriseObjects.Service);
        if (!item["type"]!.GetValue<string>().EndsWith("Cluster", StringComparison.Ordinal))
            throw VeloError.NotFound("cluster");

        var id = item["id"]!.GetValue<long>();
        var edges = Members(call, "deleteEdges", Members(call, "addEdges", item["data"]!["edges"]!.AsArray(), isAdding: true), isAdding: false);
        Apply(call, item, Changes.Read(call, ["name", "description", "data"]));
        call.Enterprise.State.Objects.Change(id, o => o["data"]!["edges"] = edges);
        return Answer.Of(call.Enterprise.State.Objects.Find(id)!);
    }

    private Answer SetCluster(Call call, bool isOn)
    {
        var item = Find(call, EnterpriseObjects.Service);
        var profile = ConfigurationMethods.Find(network, call, call.Id("configurationId"));
        if (profile.Modules.All(m => m.Id != call.Id("moduleId")))
            throw VeloError.NotFound("configuration module");

        call.Enterprise.State.Objects.Change(item["id"]!.GetValue<long>(), o => o["data"]!["vpnHub"] = isOn);
        return Answer.Of(call.Enterprise.State.Objects.Find(item["id"]!.GetValue<long>())!);
    }

    private Answer GenerateVpn(Call call)
    {
        var item = Insert(call, EnterpriseObjects.Service, "dataCenter", data: null);
        return Answer.Of(new JsonObject { ["id"] = item["id"]!.DeepClone(), ["object"] = item["object"]!.DeepClone(), ["type"] = item["type"]!.DeepClone(), ["data"] = item["data"]!.DeepClone() });
    }

    /// <summary>What the portal proposes for a new service; nothing is kept.</summary>
    private static Answer GenerateNsd(Call call)
        => Answer.Of(new JsonObject
        {
            ["enabled"] = true,
            ["provider"] = call.Text("provider"),
            ["type"] = call.Text("provider"),
            ["tunnelMode"] = "ACTIVE_HOT_STANDBY",
            ["automateDeployment"] = false,
            ["iaasProvider"] = null,
            ["providerCategory"] = call.Text("provider") is "Zscaler" ? "CSS" : "DATACENTER",
            ["routingPolicy"] = "static",
            ["tunnelingProtocol"] = "IPSEC",
            ["sharedIkeAuth"] = false,
            ["sourceSubnets"] = new JsonObject { ["subnets"] = new JsonArray() },
            ["peerSubnets"] = new JsonObject { ["alwaysReachable"] = true, ["subnets"] = new JsonArray() },
            ["bgp"] = new JsonObject { ["enabled"] = false },
            ["primaryServer"] = new JsonObject { ["tunnelType"] = "IPSEC", ["internetAddress"] = "" },
            ["backupServer"] = null,
            ["keepBackupServerConnected"] = true,
            ["version"] = "1",
        });

    private static Answer NsdConfiguration(Call call)
    {
        var item = Find(call, EnterpriseObjects.Service);
        return Answer.Of(new JsonObject { ["statusCode"] = 200, ["contentType"] = "text/plain", ["responseData"] = $"! configuration of {item["name"]!.GetValue<string>()}\n" });
    }
}
