using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The applications that edges recognize, and the map that says which profile has which of them.</summary>
internal sealed class ApplicationMethods(VeloNetwork network)
{
    private const int MapId = 1;

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["configuration/getIdentifiableApplications"] = Identifiable,
        ["configuration/getRoutableApplications"] = Routable,
        ["configuration/updateApplicationMapContent"] = UpdateContent,
        ["configuration/updateApplicationMapProfiles"] = UpdateProfiles,
    };

    private Answer Identifiable(Call call)
    {
        CheckEdge(call);
        return Answer.Of(ApplicationCatalog.Describe([.. call.Integers("applicationIds")], withMetaData: false));
    }

    private Answer Routable(Call call)
    {
        CheckEdge(call);
        return Answer.Of(ApplicationCatalog.Describe([], withMetaData: true));
    }

    private void CheckEdge(Call call)
    {
        if (call.Integer("edgeId") is { } edge)
            call.Edge(network, edge);
    }

    private Answer UpdateContent(Call call)
        => call.Integers("ids").All(id => id == MapId)
            ? Answer.List(new[] { new JsonObject { ["id"] = MapId, ["name"] = "Application map", ["logicalId"] = ApplicationCatalog.MapLogicalId } })
            : throw VeloError.NotFound("application map");

    private Answer UpdateProfiles(Call call)
    {
        if (call.Id("id") != MapId)
            throw VeloError.NotFound("application map");

        var profiles = network.Enterprises.SelectMany(e => e.Profiles).Where(p => p.Module("metaData") is not null).Take(500).ToList();
        return Answer.Of(new JsonObject
        {
            ["profiles"] = new JsonArray([.. profiles.Select(p => new JsonObject
            {
                ["id"] = p.Id,
                ["name"] = p.Name,
                ["logicalId"] = p.LogicalId,
                ["moduleId"] = p.Module("metaData")!.Id,
                ["metaDataVersion"] = "1",
                ["moduleVersion"] = "1",
            })]),
            ["enterprises"] = new JsonArray([.. profiles.Select(p => p.Enterprise!).Distinct().Select(e => new JsonObject { ["id"] = e.Id, ["name"] = e.Name, ["logicalId"] = e.LogicalId })]),
        });
    }
}
