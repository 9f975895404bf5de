using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The methods <c>disasterRecovery/*</c>.</summary>
internal sealed class ReplicationMethods(VeloNetwork network, ReplicationPair pair, ReplicationBox box)
{
    /// <summary>The object whose methods a standby answers; it refuses all others [doc: it refuses everything but the status and heartbeats; promoting has to work too].</summary>
    public const string Object = "disasterRecovery";

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["disasterRecovery/getReplicationStatus"] = Status,
        ["disasterRecovery/prepareForStandby"] = _ => Done(pair.Prepare(box)),
        ["disasterRecovery/configureActiveForReplication"] = Configure,
        ["disasterRecovery/getReplicationBlob"] = Blob,
        ["disasterRecovery/transitionToStandby"] = call =>
            Done(pair.Transition(box, call.Text("activeAccessFromStandby") ?? throw VeloError.Invalid([Operation.Missing("activeAccessFromStandby")]))),
        ["disasterRecovery/promoteStandbyToActive"] = call => Done(pair.Promote(box, call.Flag("force"))),
        ["disasterRecovery/demoteActive"] = call => Done(pair.Demote(box, call.Flag("force"))),
        ["disasterRecovery/removeStandby"] = _ => Done(pair.Remove(box)),
    };

    private static Answer Done(string? error) => Answer.Rows(error is null ? 1 : 0, error);

    private Answer Configure(Call call)
    {
        var list = call.Elements("standbyList");
        if (list.Count != 1)
            throw VeloError.Invalid([new Complaint("ARRAY_LENGTH", "The list has exactly one standby", "#/standbyList")]);

        foreach (var name in new[] { "standbyAddress", "standbyUuid" })
        {
            if (!list[0].TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(value.GetString()))
                throw VeloError.Invalid([new Complaint("OBJECT_MISSING_REQUIRED_PROPERTY", $"Missing required property: {name}", $"#/standbyList/0/{name}")]);
        }

        var isAutomatic = !call.Has("autoConfigStandby") || call.Flag("autoConfigStandby");
        return Done(pair.Configure(box, list[0].Clone(), isAutomatic, call.Text("drVCOUser")!, call.Text("drVCOPassword")!));
    }

    private Answer Blob(Call call)
    {
        var blob = pair.Read(box, b => b.Role == ReplicationRole.Active ? b.Blob : null);
        return Answer.Of(new JsonObject { ["activeAccessFromStandby"] = blob ?? throw VeloError.BadRequest("The Orchestrator is not active: there is nothing to hand to a standby") });
    }

    private Answer Status(Call call) => Answer.Of(pair.Read(box, b => Describe(b, call)));

    private JsonObject Describe(ReplicationBox b, Call call)
    {
        var isPretended = call.Settings.Standby && b.Role == ReplicationRole.Standalone;
        var json = new JsonObject
        {
            ["role"] = isPretended ? "STANDBY" : b.Role.ToString().ToUpperInvariant(),
            ["roleTimestamp"] = VeloTime.Text(b.RoleTime),
            ["drState"] = isPretended ? ReplicationStates.Running : b.State,
            ["stateTimestamp"] = VeloTime.Text(b.StateTime),
            ["activeAddress"] = isPretended ? "198.51.100.10" : b.ActiveAddress,
            ["activeReplicationAddress"] = null,
            ["standbyList"] = isPretended ? new JsonArray(new JsonObject { ["standbyAddress"] = b.Ip, ["standbyUuid"] = b.Uuid }) : b.StandbyList.DeepClone(),
            ["drVCOUser"] = isPretended ? "super@vco.example" : b.DrUser,
            ["failureDescription"] = b.FailureDescription,
            ["lastDrProtectedTime"] = isPretended ? VeloTime.Text(network.Now) : b.LastProtected is { } time ? VeloTime.Text(time) : VeloTime.Never,
            ["vcoIp"] = b.Ip,
            ["vcoReplicationIp"] = null,
            ["vcoUuid"] = b.Uuid,
        };
        if (call.With("clientCount"))
            json["clientCount"] = Clients(b);

        if (call.With("clientContact"))
            json["clientContact"] = new JsonArray([.. Contacts(b)]);

        if (call.With("stateHistory"))
            json["stateHistory"] = new JsonArray([.. b.History.Select(h => new JsonObject { ["from"] = h.From, ["to"] = h.To, ["timestamp"] = VeloTime.Text(h.Time) })]);

        if (call.With("storageInfo"))
            json["storageInfo"] = new JsonArray();

        return json;
    }

    /// <summary>Edges and gateways talk to the active; once there is a pair, they know of the standby too.</summary>
    private JsonObject Clients(ReplicationBox b)
    {
        var (edges, gateways) = (network.EdgeCount, network.Gateways.Gateways.Count());
        var isPaired = b.Peer is not null;
        return new JsonObject
        {
            ["edgeCount"] = edges,
            ["gatewayCount"] = gateways,
            ["currentActiveEdgeCount"] = edges,
            ["currentStandbyEdgeCount"] = isPaired ? edges : 0,
            ["currentActiveGatewayCount"] = gateways,
            ["currentStandbyGatewayCount"] = isPaired ? gateways : 0,
        };
    }

    private IEnumerable<JsonObject> Contacts(ReplicationBox b)
        => network.Gateways.Gateways.All().Select(g => new JsonObject
        {
            ["id"] = g["id"]!.DeepClone(),
            ["clientType"] = "GATEWAY",
            ["clientLogicalId"] = g["logicalId"]!.DeepClone(),
            ["activeAddress"] = b.ActiveAddress ?? b.Ip,
            ["activeLastResponseTime"] = VeloTime.Text(network.Now),
            ["standbyAddress"] = b.Peer?.Ip,
            ["standbyLastResponseTime"] = b.Peer is null ? VeloTime.Never : VeloTime.Text(network.Now),
            ["modified"] = VeloTime.Text(network.Now),
        });
}
