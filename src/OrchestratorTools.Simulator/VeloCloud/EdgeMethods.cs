using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrchestratorTools.Simulator.VeloCloud;

/// <summary>The methods about one edge.</summary>
internal sealed class EdgeMethods(VeloNetwork network)
{
    private static readonly string[] ReadOnlyMembers =
    [
        "id", "created", "logicalId", "modified", "enterpriseId", "enterpriseLogicalId", "siteId", "edgeState", "edgeStateTime", "activationState", "activationTime",
        "activationKey", "lastContact",
    ];

    public Dictionary<string, Func<Call, Answer>> All => new(StringComparer.Ordinal)
    {
        ["edge/getEdge"] = Get,
        ["edge/updateEdgeAttributes"] = call => network.Exclusively(() => Update(call)),
        ["edge/deleteEdge"] = Delete,
        ["edge/edgeProvision"] = call => network.Exclusively(() => Provision(call)),
    };

    private static bool Same(string? a, string b) => string.Equals(a, b, StringComparison.Ordinal);

    private static bool IsTaken(Enterprise enterprise, string name, Edge? by)
        => enterprise.Edges.Any(e => e != by && string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase));

    private static string FreeName(Enterprise enterprise)
    {
        var number = 1;
        while (IsTaken(enterprise, Name(number), by: null))
        {
            number++;
        }

        return Name(number);

        static string Name(int n) => string.Create(CultureInfo.InvariantCulture, $"edge-{n}");
    }

    private Answer Get(Call call)
    {
        Edge? edge;
        if (call.Integer("id") is { } id)
            edge = call.Edge(network, id);
        else if (call.Text("logicalId") is { } logicalId)
            edge = call.Enterprise.Edges.FirstOrDefault(e => Same(logicalId, e.LogicalId));
        else if (call.Text("activationKey") is { } key)
            edge = call.Enterprise.Edges.FirstOrDefault(e => Same(key, e.ActivationKey));
        else if (call.Text("name") is { } name)
            edge = call.Enterprise.Edges.FirstOrDefault(e => Same(name, e.Name));
        else
            throw VeloError.Invalid([Operation.Missing("id")]);

        return Answer.Of(EdgeDetails.Render(edge ?? throw VeloError.NotFound("edge"), call));
    }

    private Answer Update(Call call)
    {
        var edge = call.Edge(network, call.Integer("id") ?? throw VeloError.Invalid([Operation.Missing("id")]));
        var changes = call.Object("_update")!.Value.EnumerateObject().ToList();
        foreach (var member in changes)
        {
            if (ReadOnlyMembers.Contains(member.Name, StringComparer.Ordinal) || !OperationTable.Find("edge/getEdge")!.Members.Contains(member.Name, StringComparer.Ordinal))
                throw VeloError.Invalid([new Complaint("OBJECT_ADDITIONAL_PROPERTIES", $"Additional properties not allowed: {member.Name}", "#/_update/" + member.Name)]);

            if (member.Name is "name" && (member.Value.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(member.Value.GetString())))
                throw VeloError.Invalid([new Complaint("INVALID_TYPE", "Expected type string", "#/_update/name")]);

            if (member.Name is "name" && IsTaken(edge.Enterprise, member.Value.GetString()!, edge))
                return Answer.Rows(0, $"An edge named {member.Value.GetString()} already exists");
        }

        if (changes.Count == 0)
            return Answer.Rows(0);

        foreach (var member in changes)
        {
            edge.Change(member.Name, member.Value);
        }

        edge.Change("modified", JsonSerializer.SerializeToElement(VeloTime.Text(network.Clock.GetUtcNow())));
        network.Report(edge.Enterprise, "EDIT_EDGE", "Edge attributes changed", edge, call.Caller.Account.Username);
        return Answer.Rows(1);
    }

    /// <summary>One result for each edge; a connected one is refused there [inferred: that it is refused is recorded, how is not].</summary>
    private Answer Delete(Call call)
    {
        long[] ids = [.. new[] { call.Integer("id"), call.Integer("edgeId") }.OfType<long>(), .. call.Integers("ids"), .. call.Integers("edgeIds")];
        if (ids.Length == 0)
            throw VeloError.Invalid([Operation.Missing("id")]);

        var edges = ids.Distinct().Select(id => call.Edge(network, id)).ToList();
        return Answer.List(edges.Select(edge => Delete(edge, call.Caller.Account.Username)).ToList());
    }

    private JsonObject Delete(Edge edge, string user)
    {
        string? error = null;
        if (edge.State is "CONNECTED")
            error = $"Cannot delete edge {edge.Name}: it is connected";
        else if (!network.Delete(edge))
            error = "edge not found";
        else
            network.Report(edge.Enterprise, "DELETE_EDGE", $"Edge {edge.Name} deleted", edge, user);

        return new JsonObject { ["id"] = edge.Id, ["rows"] = error is null ? 1 : 0, ["error"] = error };
    }

    private Answer Provision(Call call)
    {
        var enterprise = call.Enterprise;
        var profile = enterprise.Profiles.Select((p, i) => (p.Id, Number: i)).FirstOrDefault(p => p.Id == call.Integer("configurationId"), (Id: 0, Number: 0));
        if (profile.Id == 0)
            throw VeloError.NotFound("configuration");

        var name = call.Text("name") ?? FreeName(enterprise);
        if (IsTaken(enterprise, name, by: null))
            throw VeloError.BadRequest($"An edge named {name} already exists");

        var edge = network.Provision(
            enterprise,
            new Edge.Provisioning(name, call.Text("modelNumber")!, call.Text("serialNumber"), call.Text("description"), call.Text("customInfo"), profile.Number));
        if (call.Object("site") is { } site)
            edge.Change("site", site);

        network.Report(enterprise, "CREATE_EDGE", $"Edge {name} provisioned", edge, call.Caller.Account.Username);
        return Answer.Of(new JsonObject { ["id"] = edge.Id, ["activationKey"] = edge.ActivationKey, ["generatedCertificate"] = null, ["token"] = null });
    }
}
