using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>
/// An answer in the shape that the definition declares, for a method that the simulator does not carry out: the declared members, with a value where their name says what it
/// would be, else null.
/// </summary>
internal static class GenericAnswer
{
    private const int InventedId = 4711;

    public static Answer Of(Operation operation)
        => operation.Returns switch
        {
            ReturnShape.None => Answer.None,
            ReturnShape.Array => Answer.List(operation.Members.Count == 0 ? Array.Empty<JsonNode>() : [Object(operation)]),
            _ => Answer.Of(Object(operation)),
        };

    private static JsonObject Object(Operation operation)
        => new(operation.Members.Select(m => KeyValuePair.Create(m, Member(m))));

    private static JsonNode? Member(string name)
        => name switch
        {
            "rows" or "rowsAffected" => 1,
            "error" => null,
            "success" => true,
            "data" or "series" or "paths" or "subnets" or "actionIds" => new JsonArray(),
            "metaData" => new JsonObject { ["limit"] = VeloAssumptions.EventLimit, ["more"] = false },
            "created" => "2023-11-30T13:40:15.000Z",
            "modified" => VeloTime.Never,
            "logicalId" => Invented.LogicalId("generic", InventedId),
            "name" => "generic",
            "networkId" => VeloNetwork.Id,
            "id" => InventedId,
            "bytesRx" or "bytesTx" or "packetsRx" or "packetsTx" or "totalBytes" or "totalPackets" or "flowCount" => 123_456_789_012,
            "isDelegated" or "upgraded" => false,
            _ => null,
        };
}
